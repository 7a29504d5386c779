import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { correlationId, log, NestLog, setLogLevel, withCorrelation } from './log.js';

let lines: string[];

beforeEach(() => {
  lines = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
});

afterEach(() => {
  setLogLevel('info');
  jest.restoreAllMocks();
});

const last = () => JSON.parse(lines.at(-1)!) as Record<string, unknown>;

describe('a log line', () => {
  test('is one line of JSON with time, level, message and fields', () => {
    log.info('two\nlines', { count: 2, level: 'forged', at: new Date(0), big: 3n });
    expect(lines.at(-1)).toMatch(/^[^\n]+\n$/);
    expect(last()).toMatchObject({ level: 'info', message: 'two\nlines', count: 2, at: '1970-01-01T00:00:00.000Z', big: '3' });
  });

  test('carries the id of the work it belongs to, through awaits', async () => {
    await withCorrelation('request-1', async () => {
      await Promise.resolve();
      log.warn('inside');
      expect(correlationId()).toBe('request-1');
    });
    expect(last()).toMatchObject({ correlationId: 'request-1' });
    log.warn('outside');
    expect(last()).not.toHaveProperty('correlationId');
  });

  test('shows no secret, by the name of a field or by its form, however deep', () => {
    const secret = 'Tr0ub4dor';
    log.error(`could not reach postgres://app:${secret}@db/x with Bearer ${secret}${secret}`, {
      password: secret,
      nested: [{ apiKey: secret, authorization: secret, CONCORDAT_KEY: secret }],
      address: `redis://:${secret}@cache`,
      header: `whsec_${secret}`,
      text: `cnc_ab12_${secret}${secret}`,
      fault: Object.assign(new Error(`at postgres://u:${secret}@h`, { cause: new Error(`Basic ${secret}`) }), { parameters: [secret] }),
    });
    expect(lines.at(-1)).not.toContain(secret);
    expect(lines.at(-1)).toContain('postgres://app:[hidden]@db/x');
  });

  test('of something that holds itself is still written', () => {
    const ring: Record<string, unknown> = { name: 'ring' };
    ring['self'] = ring;
    log.info('round', { ring });
    expect(last()).toMatchObject({ ring: { name: 'ring', self: '[…]' } });
  });

  test('below the level is left out', () => {
    log.debug('chatter');
    expect(lines).toEqual([]);
    setLogLevel('debug');
    log.debug('chatter');
    expect(lines).toHaveLength(1);
  });
});

test('what Nest logs comes out as our lines, its faults as errors', () => {
  new NestLog().error('boom', 'Error: boom\n  at x', 'Router');
  expect(last()).toMatchObject({ level: 'error', message: 'boom', context: 'Router' });
});
