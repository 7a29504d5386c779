import { expect, test } from '@jest/globals';
import { run } from './clock.js';

async function clock(...args: string[]) {
  const said = { stdout: '', stderr: '' };
  const code = await run(args, {
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) },
  });
  return { code, ...said };
}

test('the standstill of a competitive tender is printed as three members and nothing else', async () => {
  const { code, stdout, stderr } = await clock('pa2023-competitive', '2026-06-08', '--json');
  expect({ code, stderr, printed: JSON.parse(stdout) }).toEqual({
    code: 0,
    stderr: '',
    printed: {
      begins: '2026-06-08',
      ends: '2026-06-18',
      days: ['2026-06-08', '2026-06-09', '2026-06-10', '2026-06-11', '2026-06-12', '2026-06-16', '2026-06-17', '2026-06-18'],
    },
  });
});

test('without --json the same is said to people, with its source and what holds it open', async () => {
  const { code, stdout } = await clock('psr-most-suitable-provider', '2026-06-01');
  expect(code).toBe(0);
  expect(stdout).toContain('begins  Tuesday 2026-06-02');
  expect(stdout).toContain('ends    Friday 2026-06-12');
  expect(stdout).toContain('5 working days have passed since the last further decision');
  expect(stdout).toContain('reg 12(2)');
});

test.each(['pa2023-light-touch', 'grant'])('route %s says that no standstill is mandatory, and exits 1', async (route) => {
  const { code, stdout, stderr } = await clock(route, '2026-06-01', '--json');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/no standstill/i);
});

test('an unknown route and an impossible date are named together, with the routes there are', async () => {
  const { code, stdout, stderr } = await clock('pa2015', '2026-02-29');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('no route “pa2015”');
  expect(stderr).toContain('psr-most-suitable-provider');
  expect(stderr).toContain('“2026-02-29” is not a day of the calendar');
});

test('a day after which no standstill can be written is a sentence', async () => {
  const { code, stdout, stderr } = await clock('pa2023-competitive', '9999-12-31', '--json');
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: '“9999-12-31” is too far off. Give a day before the year 9999.\n' });
});

test('a year whose bank holidays nobody knows yet is a warning instead of a guess', async () => {
  const { code, stdout, stderr } = await clock('pa2023-competitive', '2027-12-21', '--json');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^Warning: The bank holidays of 2028 are not known.* ends on 2028-01-03 at the earliest; count it yourself\.\n$/);
});

test.each([[[]], [['grant']], [['grant', '2026-06-01', 'again']], [['grant', '2026-06-01', '--jsn']]])('%j is answered with how to ask', async (args) => {
  const { code, stderr } = await clock(...args);
  expect(code).toBe(2);
  expect(stderr).toContain('Usage: concordat clock');
});
