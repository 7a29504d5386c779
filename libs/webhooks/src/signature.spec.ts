import { describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { newSecret, signatureOf } from './signature.js';

describe('signatures are those of Standard Webhooks 1.0', () => {
  test.each([
    [
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, '{"test": 2432232314}',
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    ],
    [
      'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', 'msg_27UH4WbU6Z5A5EzD8u03UvzRbpk', 1_649_367_553,
      '{"email":"test@example.com","username":"test_user"}', 'v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=',
    ],
  ])('vector %#', (secret, id, timestamp, body, signature) => {
    expect(signatureOf([secret], id, timestamp, body)).toBe(signature);
  });

  const now = () => Math.floor(Date.now() / 1000);
  const headers = (id: string, timestamp: number, signature: string) => ({
    'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature,
  });

  test.each(['', '{}', '{"name":"Zoë 🐝","line":"a\\nb"}'])('the package verifies a body of %p', (body) => {
    const secret = newSecret();
    const timestamp = now();
    const signed = headers('evt', timestamp, signatureOf([secret], 'evt', timestamp, body));
    expect(new Webhook(secret).verify(body, signed)).toEqual(body === '' ? undefined : JSON.parse(body));
    expect(() => new Webhook(secret).verify(`${body} `, signed)).toThrow('No matching signature found');
  });

  test('while two keys live, a receiver verifies with either, and with no third', () => {
    const [old, current, other] = [newSecret(), newSecret(), newSecret()];
    const signed = headers('evt', now(), signatureOf([current, old], 'evt', now(), '{}'));
    for (const secret of [old, current]) expect(new Webhook(secret).verify('{}', signed)).toEqual({});
    expect(() => new Webhook(other).verify('{}', signed)).toThrow('No matching signature found');
  });

  test.each([-301, 301])('an attempt %p s away from the receiver’s clock is refused', (seconds) => {
    const secret = newSecret();
    const timestamp = now() + seconds;
    expect(() => new Webhook(secret).verify('{}', headers('evt', timestamp, signatureOf([secret], 'evt', timestamp, '{}')))).toThrow(/timestamp/i);
  });

  test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('without %s nothing verifies', (name) => {
    const secret = newSecret();
    const { [name]: _, ...rest } = headers('evt', now(), signatureOf([secret], 'evt', now(), '{}')) as Record<string, string>;
    expect(() => new Webhook(secret).verify('{}', rest)).toThrow('Missing required headers');
  });

  test('a secret is whsec_ and 32 bytes, never the same twice', () => {
    expect(newSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newSecret()).not.toBe(newSecret());
  });
});
