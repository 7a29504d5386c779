import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from './config.js';

const key = Buffer.alloc(32, 7).toString('base64');

function problems(env: NodeJS.ProcessEnv): Record<string, string> {
  try {
    readConfig(env);
  } catch (fault) {
    if (fault instanceof ConfigError) return Object.fromEntries(fault.problems.map(({ variable, problem }) => [variable, problem]));
    throw fault;
  }
  return {};
}

describe('the configuration', () => {
  test('of an empty environment is a demo on port 3000 with everything embedded', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ mode: 'demo', port: 3000, publicUrl: 'http://localhost:3000', webhookAllowCidrs: [], logLevel: 'info' });
    expect(config).not.toHaveProperty('databaseUrl');
    expect(config.dataDir).toMatch(/[\\/]\.concordat$/);
  });

  test('takes an empty variable for an absent one', () => {
    expect(readConfig({ DATABASE_URL: '', REDIS_URL: ' ', PORT: '' })).toEqual(readConfig({}));
  });

  test('names every bad variable at once, says what to do, and shows no value', () => {
    const secret = 'hunter2';
    const env = {
      CONCORDAT_MODE: `x${secret}`,
      PORT: `70000${secret}`,
      PUBLIC_URL: `ftp://${secret}`,
      DATABASE_URL: `mysql://u:${secret}@h/d`,
      DATABASE_OWNER_URL: secret,
      QUEUE_DATABASE_URL: `http://${secret}`,
      REDIS_URL: `${secret}:6379`,
      CONCORDAT_KEY: secret,
      WEBHOOK_ALLOW_CIDRS: `10.0.0.0/8,${secret}`,
      WEBHOOK_ALLOW_PORTS: `8080,${secret}`,
      SMTP_URL: `http://${secret}`,
      SMTP_FROM: secret,
      REQUESTS_PER_MINUTE: secret,
      LOG_LEVEL: secret,
    };
    expect(Object.keys(problems(env)).sort()).toEqual(Object.keys(env).sort());
    expect(() => readConfig(env)).toThrow('14 variables need a change');
    expect(Object.values(problems(env)).every((problem) => /must be|Write it as/.test(problem))).toBe(true);
    expect(() => readConfig(env)).not.toThrow(secret);
  });

  test('of production needs a key and an https address', () => {
    expect(Object.keys(problems({ CONCORDAT_MODE: 'production' }))).toEqual(['CONCORDAT_KEY', 'PUBLIC_URL']);
    expect(problems({ CONCORDAT_MODE: 'production', CONCORDAT_KEY: key, PUBLIC_URL: 'https://c.example' })).toEqual({});
    expect(problems({ CONCORDAT_MODE: 'production', CONCORDAT_KEY: key, PUBLIC_URL: 'http://c.example' })).toHaveProperty('PUBLIC_URL');
  });

  test('refuses an owner\'s or a queue\'s database without the app\'s', () => {
    expect(Object.keys(problems({ DATABASE_OWNER_URL: 'postgres://h/d', QUEUE_DATABASE_URL: 'postgres://h/d' }))).toEqual([
      'DATABASE_OWNER_URL',
      'QUEUE_DATABASE_URL',
    ]);
  });

  test.each(['10.0.0.0/33', 'fd00::/129', '10.0.0.0', '10.0.0/8', '10.0.0.0/8/8', '/8'])('refuses the network %s', (cidr) => {
    expect(problems({ WEBHOOK_ALLOW_CIDRS: cidr })).toHaveProperty('WEBHOOK_ALLOW_CIDRS');
  });

  test('reads lists with spaces and gives them as values', () => {
    expect(readConfig({ WEBHOOK_ALLOW_CIDRS: '10.0.0.0/8, fd00::/8 ', WEBHOOK_ALLOW_PORTS: ' 8080, 9443' })).toMatchObject({
      webhookAllowCidrs: ['10.0.0.0/8', 'fd00::/8'],
      webhookAllowPorts: [8080, 9443],
    });
  });

  test.each(['https://c.example/path', 'https://user@c.example', 'https://c.example/?q'])('refuses %s as public address: it is more than an origin', (address) => {
    expect(problems({ PUBLIC_URL: address })).toHaveProperty('PUBLIC_URL');
  });

  test('cannot be changed', () => {
    expect(() => Object.assign(readConfig({}), { port: 1 })).toThrow(TypeError);
  });
});
