import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readMoney } from './read-money.js';

describe('a money cell', () => {
  test.each([
    ['£120,000', '120000.00'], ['120000', '120000.00'], [120000, '120000.00'], [1234.5, '1234.50'], ['£ 1,234.50', '1234.50'], ['GBP 120 000', '120000.00'],
    ['£1.2m', '1200000.00'], ['1.25 million', '1250000.00'], ['£350k', '350000.00'], ['£2bn', '2000000000.00'], ['£0.5m', '500000.00'], ['0', '0.00'],
    ['£120,000 (excl. VAT)', '120000.00'], ['£120,000 ex VAT', '120000.00'], ['120 thousand pounds', '120000.00'],
    ['one hundred and twenty thousand pounds', '120000.00'], ['One Hundred and Twenty-Five Thousand Pounds only', '125000.00'], ['two million five hundred thousand', '2500000.00'],
    ['half a million pounds', '500000.00'], ['one and a half million', '1500000.00'], ['one point two million pounds', '1200000.00'], ['a thousand pounds', '1000.00'],
    ['nine hundred and ninety-nine pounds and fifty pence', '999.50'], ['twelve thousand three hundred and four', '12304.00'], ['twelve pounds', '12.00'],
  ])('%p is %s', (cell, value) => {
    expect(readMoney(cell)).toEqual({ kind: 'value', value });
  });

  test('that is not exact is taken, and said so', () => {
    expect(readMoney('approx. £50k')).toMatchObject({ kind: 'value', value: '50000.00', doubt: { code: 'money.approximate' } });
    expect(readMoney('c. £50k')).toMatchObject({ kind: 'value', value: '50000.00', doubt: { code: 'money.approximate' } });
  });

  test.each(['', 'n/a', '-'])('%p says nothing', (cell) => expect(readMoney(cell)).toEqual({ kind: 'nothing' }));

  test.each([
    ['€120,000', 'money.not-pounds'], ['£120k p.a.', 'money.per-period'], ['£12,000 per annum', 'money.per-period'], ['£500/week', 'money.per-period'],
    ['£100k - £200k', 'money.unreadable'], ['1.200.000,00', 'money.unreadable'], ['12,00', 'money.unreadable'], ['lots', 'money.unreadable'], ['twelve', 'money.unreadable'], ['£ twelve', 'money.unreadable'], ['nine hundred', 'money.unreadable'], ['two three', 'money.unreadable'],
    ['ten five thousand', 'money.unreadable'], ['__proto__', 'money.unreadable'], ['constructor pounds', 'money.unreadable'], [-5, 'money.negative'], ['999999999999999999', 'money.implausible'],
  ])('%p is not guessed: %s', (cell, code) => {
    expect(readMoney(cell)).toMatchObject({ kind: 'unreadable', doubt: { code } });
  });

  test('in words is what it is in figures', () => {
    const small = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'];
    const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
    const below100 = (n: number) => (n < 20 ? small[n]! : [tens[Math.floor(n / 10)], small[n % 10]].filter(Boolean).join('-'));
    const below1000 = (n: number) => [n >= 100 ? `${small[Math.floor(n / 100)]} hundred` : '', below100(n % 100)].filter(Boolean).join(' and ');
    const inWords = (n: number) =>
      [[1_000_000, 'million'], [1000, 'thousand']].reduce<{ left: number; said: string[] }>(
        ({ left, said }, [size, name]) => ({ left: left % Number(size), said: left >= Number(size) ? [...said, `${below1000(Math.floor(left / Number(size)))} ${name}`] : said }),
        { left: n, said: [] },
      );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), (n) => {
        const { left, said } = inWords(n);
        const words = [...said, below1000(left)].filter(Boolean).join(' ');
        expect(readMoney(`${words} pounds`)).toEqual({ kind: 'value', value: `${n}.00` });
      }),
    );
  });

  test('never throws, whatever it holds', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null)), (cell) => {
      const read = readMoney(cell);
      if (read.kind === 'value') expect(read.value).toMatch(/^\d{1,14}\.\d{2}$/);
      else expect(['nothing', 'unreadable']).toContain(read.kind);
    }));
  });
});
