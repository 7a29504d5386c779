import { type Doubt, type Read, shown } from './read-date.js';
import { type Cell, textOf } from './sheet.js';

const units = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen',
  'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
];
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
/** Powers of ten by how they are written. */
const scales = new Map(Object.entries({ k: 3, thousand: 3, m: 6, mn: 6, mil: 6, million: 6, millions: 6, bn: 9, billion: 9 }));
const mostDigits = 14;

/** Pounds in a cell of a money column, as a decimal with two places. Never throws. */
export function readMoney(cell: Cell | undefined): Read<string> {
  const written = textOf(cell);
  if (written === '' || /^(n\/?a|none|-+|–|—|\.)$/i.test(written)) return { kind: 'nothing' };
  if (/^(tb[acd]|to be (confirmed|agreed|decided)|unknown|not known|\?+|various|variable|spot( purchase)?|call[- ]?off)$/i.test(written)) {
    return { kind: 'nothing', doubt: { code: 'money.unsettled', says: `It says “${shown(written)}” instead of an amount. Put the amount in when it is known.` } };
  }
  if (typeof cell === 'number') return Math.abs(cell) < 10 ** mostDigits ? ofDecimal(cell.toFixed(2), written) : implausible(written);
  if (/[€$¥]|\b(eur|usd|euros?|dollars?)\b/i.test(written)) return refused('money.not-pounds', `“${shown(written)}” is not in pounds. Write what it is in pounds.`);
  if (/\b(p\.?a\.?|per (annum|year|month|week|hour|day)|annual(ly)?|yearly|monthly|weekly|pcm|pw|each year)\b|\/\s?(yr|year|month|week|hour)/i.test(written)) {
    return refused('money.per-period', `“${shown(written)}” is an amount for each year, month or week. Write what the whole contract is worth.`);
  }
  const { rest, doubt } = withoutRemarks(written);
  const amount = ofFigures(rest) ?? ofWords(rest);
  if (amount === undefined) return refused('money.unreadable', `“${shown(written)}” cannot be read as one amount in pounds. Write it like 120,000.00.`);
  const read = ofDecimal(amount, written);
  return read.kind === 'value' && doubt !== undefined ? { ...read, doubt } : read;
}

/** True where a text looks like money by itself, whatever the heading says. */
export function looksLikeMoney(cell: Cell | undefined): boolean {
  const written = textOf(cell);
  return /£|\b(gbp|pounds?|million|thousand)\b/i.test(written) || /^\d{1,3}(,\d{3})+(\.\d{2})?$/.test(written) || /^\d+\.\d{2}$/.test(written);
}

function refused(code: string, says: string): Read<string> {
  return { kind: 'unreadable', doubt: { code, says } };
}

function implausible(written: string): Read<string> {
  return refused('money.implausible', `“${shown(written)}” is too much to be meant. Correct it in the register.`);
}

function withoutRemarks(written: string): { rest: string; doubt?: Doubt } {
  const rest = written
    .replace(/\(?\b(ex(cl?(uding|usive|\.)?)?|inc(l(uding|usive|\.)?)?|plus|\+)\.?( of)? vat\b\)?|\+ ?vat\b/gi, ' ')
    .replace(/^(approx(imately|\.)?|about|around|circa|ca?\.|est(imated|\.)?|up to|max(imum|\.)?|~)\s*/i, ' ')
    .replace(/\b(gbp|pounds? sterling|sterling)\b|£/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const roughly = /^(approx|about|around|circa|ca?\.|est|up to|max|~)/i.test(written);
  if (!roughly) return { rest };
  return { rest, doubt: { code: 'money.approximate', says: `“${shown(written)}” is no exact amount; the figure in it was taken.` } };
}

// 120000, 120,000.00, 120 000, 1.2m, 350k, 1.2 million pounds
function ofFigures(text: string): string | undefined {
  const parts = /^(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.(\d+))?\s*([a-z]+)?(?:\s*pounds?)?$/i.exec(text);
  if (parts === null) return undefined;
  const [, whole = '', fraction = '', word] = parts;
  const scale = word === undefined || /^pounds?$/i.test(word) ? 0 : scales.get(word.toLowerCase());
  if (scale === undefined) return undefined;
  const digits = fraction.padEnd(scale, '0');
  return `${whole.replace(/[, ]/g, '')}${digits.slice(0, scale)}.${digits.slice(scale)}`;
}

// "one hundred and twenty thousand pounds", "half a million", "one point two million", "five pounds and fifty pence"
function ofWords(text: string): string | undefined {
  const [pounds = '', after] = text.toLowerCase().replace(/\bonly\b/g, ' ').split(/\bpounds?\b/, 2);
  const pence = after?.replace(/\bpence\b|\bp\b/g, ' ').trim();
  const whole = numberInWords(pounds);
  // A small number by itself may be months, or millions: nobody writes what a contract is worth so.
  if (after === undefined && whole !== undefined && whole < 1_000) return undefined;
  const part = pence === undefined || pence === '' ? 0 : numberInWords(pence);
  if (whole === undefined || part === undefined || part > 99 || (pence !== undefined && pence !== '' && !/pence|p\b/.test(after ?? ''))) return undefined;
  return (whole + part / 100).toFixed(2);
}

function numberInWords(text: string): number | undefined {
  const words = text.replace(/[-,]/g, ' ').split(' ').filter((word) => word !== '' && word !== 'and' && word !== 'a' && word !== 'an');
  let total = 0;
  let current: number | undefined;
  let lastScale = Infinity;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const scale = scales.get(word);
    const [unit, ten] = [units.indexOf(word), tens.indexOf(word)];
    if (word === 'point') {
      const digits = words.slice(at + 1).map((digit) => units.indexOf(digit));
      const count = digits.findIndex((digit) => digit < 0 || digit > 9);
      const read = digits.slice(0, count < 0 ? digits.length : count);
      if (read.length === 0) return undefined;
      current = Number(`${current ?? 0}.${read.join('')}`);
      at += read.length;
    } else if (word === 'half') {
      if (current !== undefined && !Number.isInteger(current)) return undefined;
      current = (current ?? 0) + 0.5;
    } else if (word === 'hundred') {
      if (current !== undefined && current >= 100) return undefined;
      current = (current ?? 1) * 100;
    } else if (scale !== undefined && word.length > 2) {
      if (scale >= lastScale) return undefined;
      total += (current ?? 1) * 10 ** scale;
      [current, lastScale] = [undefined, scale];
    } else if (unit >= 0 || ten >= 0) {
      const value = unit >= 0 ? unit : (ten + 2) * 10;
      const room = (current ?? 0) % 100;
      // "twenty one" may follow each other, "two three" or "ten five" may not.
      if (room !== 0 && !(room >= 20 && room % 10 === 0 && value < 10)) return undefined;
      current = (current ?? 0) + value;
    } else {
      return undefined;
    }
  }
  return words.length === 0 ? undefined : total + (current ?? 0);
}

function ofDecimal(decimal: string, written: string): Read<string> {
  if (decimal.startsWith('-')) return refused('money.negative', `“${shown(written)}” is less than nothing. Write what the contract is worth.`);
  const [whole = '0', fraction = ''] = decimal.split('.');
  const digits = whole.replace(/^0+(?=\d)/, '');
  if (digits.length > mostDigits) return implausible(written);
  const pence = fraction.padEnd(2, '0');
  if (/[1-9]/.test(pence.slice(2))) return refused('money.unreadable', `“${shown(written)}” has parts of a penny. Write it like 120,000.00.`);
  return { kind: 'value', value: `${digits}.${pence.slice(0, 2)}` };
}
