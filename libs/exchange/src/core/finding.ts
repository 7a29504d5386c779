import { daysBetween } from '@concordat/platform/core';
import type { Json, JsonObject } from '@concordat/platform/core';
import { dayOf, instantOf } from './instant.js';
import type { MergeRule } from './merge-rules.js';
import { hasEnded, hasWordOfInvolvement, periodSaid, regimeShown } from './process.js';
import { at, isObject, objects, shortened } from './read.js';

/** What can be found in published notices, each with what it means. Codes are for ever. */
export const findingCodes = {
  'release-id-missing': 'A release has no id, which the standard requires: it can be told from others by its content alone.',
  'release-id-repeated': 'One release id stands for different contents, although it should be unique.',
  'release-date-missing': 'A release has no date that can be read: it was merged before all others.',
  'bad-uri': 'What should be an address on the web is none.',
  'published-late': 'A contract details notice was published more than 120 days after the contract was signed, the longest the Procurement Act 2023 allows for any contract (section 53).',
  'signed-after-start': 'A contract was signed after the day it began.',
  'decided-after-start': 'An award was decided after the day its contract began.',
  'value-zero': 'A value is given as 0, which says nothing about what it is worth.',
  'period-reversed': 'A contract ends before it begins: the period was not taken over.',
  'ocds-1.0-fields': 'A release uses fields of OCDS 1.0 that version 1.1 replaced.',
  'no-word-of-involvement': 'No notice of this process says whether anyone who uses the service had a part in it.',
  'text-damaged': 'A text lost characters on its way: line breaks as letters, or signs of a wrong encoding.',
  'regime-older': 'The process was begun before the Procurement Act 2023 was in force: the route of the agreement is the nearest one, not the one it was made under.',
  'regime-unknown': 'The notices do not show the law the process was run under: the route of the agreement is the nearest one.',
  'process-ended': 'The notices say that the process ended without an award: cancel the agreement, or go on without them.',
  'ahead-of-gate': 'The public record is further than the gates of the agreement were opened.',
} as const;

/** The code of something found. */
export type FindingCode = keyof typeof findingCodes;

/** Something found in what was published: `about` tells findings of one code in one process apart (an award, a release). */
export interface Finding {
  readonly code: FindingCode;
  readonly about: string;
  readonly detail: string;
}

const uri = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`\u0080-\uffff]+$/i;
const damage = /\brn\b|(?:rn){2,}|[.:;,!?)]rn\b|Ã[\u0080-\u00bf]|â€|Â[£\u00a0 ]|\ufffd|&(?:amp|lt|gt|quot|nbsp|#\d{2,5});/;
const mostShown = 300;

interface Walk {
  readonly badUris: string[];
  readonly oldFields: Set<string>;
  readonly damaged: string[];
}

function walk(value: Json, rule: MergeRule | undefined, path: string, found: Walk): void {
  if (typeof value === 'string') {
    if (rule?.isUri === true && !uri.test(value)) found.badUris.push(path);
    if (damage.test(value)) found.damaged.push(path);
  } else if (Array.isArray(value)) {
    for (const [place, item] of value.entries()) walk(item, rule, `${path}/${place}`, found);
  } else if (isObject(value)) {
    for (const [field, member] of Object.entries(value)) {
      const within = rule?.within(field);
      if (within?.isReplaced === true && member !== null) found.oldFields.add(field);
      walk(member, within, `${path}/${field}`, found);
    }
  }
}

/**
 * What one release shows by itself.
 * @param about its content hash.
 */
export function findingsOfRelease(release: JsonObject, about: string, rule: MergeRule): readonly Finding[] {
  const found: Walk = { badUris: [], oldFields: new Set(), damaged: [] };
  walk(release, rule, '', found);
  const finding = (code: FindingCode, ...details: readonly string[]): readonly Finding[] => [{ code, about, detail: shortened(details.join(', '), mostShown) }];
  const id = release['id'];
  return [
    ...(id === undefined || id === null || id === '' ? finding('release-id-missing') : []),
    ...(instantOf(release['date']) === undefined ? finding('release-date-missing') : []),
    ...(found.badUris.length > 0 ? finding('bad-uri', ...found.badUris) : []),
    ...(found.oldFields.size > 0 ? finding('ocds-1.0-fields', ...found.oldFields) : []),
    ...(found.damaged.length > 0 ? finding('text-damaged', ...found.damaged) : []),
  ];
}

/** The longest the Procurement Act 2023 allows from signing to the details notice of any contract (s.53, light touch). */
const longestToDetailsNotice = 120;

/** True where the first day is later than the second, both as they were written; false where either is not known. */
const isLater = (day: string | undefined, than: string | undefined) => day !== undefined && than !== undefined && day > than;

/**
 * What a process shows as a whole: only what its dates and values prove.
 * @param releases of it, in any order.
 */
export function findingsOfProcess(ocid: string, compiled: JsonObject, releases: readonly JsonObject[]): readonly Finding[] {
  const awards = objects(at(compiled, 'awards'));
  const contracts = objects(at(compiled, 'contracts'));
  const nameOf = (kind: string, thing: JsonObject) => shortened(`${kind} ${String(at(thing, 'id') ?? '')}`, 200);
  const of = (code: FindingCode, about = '', detail = ''): Finding => ({ code, about, detail });

  const ids = releases.flatMap(({ id }) => (typeof id === 'string' || typeof id === 'number' ? [String(id)] : []));
  const repeated = [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))];
  const regime = regimeShown(ocid, compiled);
  const period = periodSaid(compiled);
  const tender = at(compiled, 'tender');

  return [
    ...repeated.map((id) => of('release-id-repeated', shortened(id, 200))),
    ...awards.flatMap((award) => {
      const [decided, begins] = [dayOf(at(award, 'date')), dayOf(at(award, 'contractPeriod', 'startDate'))];
      return isLater(decided, begins) ? [of('decided-after-start', nameOf('award', award), `decided ${decided}, began ${begins}`)] : [];
    }),
    ...contracts.flatMap((contract) => {
      const [signed, begins] = [dayOf(at(contract, 'dateSigned')), dayOf(at(contract, 'period', 'startDate'))];
      return isLater(signed, begins) ? [of('signed-after-start', nameOf('contract', contract), `signed ${signed}, began ${begins}`)] : [];
    }),
    ...(regime === 'pa-2023'
      ? contracts.flatMap((contract) => {
          const signed = dayOf(at(contract, 'dateSigned'));
          const published = objects(at(contract, 'documents'))
            .filter((document) => at(document, 'noticeType') === 'UK7')
            .flatMap((document) => dayOf(at(document, 'datePublished')) ?? [])
            .sort()[0];
          const isLate = signed !== undefined && published !== undefined && daysBetween(signed, published) > longestToDetailsNotice;
          return isLate ? [of('published-late', nameOf('contract', contract), `signed ${signed}, published ${published}`)] : [];
        })
      : []),
    ...[...awards.map((award) => ['award', award] as const), ...contracts.map((contract) => ['contract', contract] as const), ...(isObject(tender) ? [['tender', tender] as const] : [])]
      .filter(([, thing]) => at(thing, 'value', 'amount') === 0)
      .map(([kind, thing]) => of('value-zero', nameOf(kind, thing))),
    ...(period !== undefined && period.startsOn > period.endsOn ? [of('period-reversed', '', `${period.startsOn} to ${period.endsOn}`)] : []),
    ...(hasWordOfInvolvement(compiled) ? [] : [of('no-word-of-involvement')]),
    ...(regime === 'older' ? [of('regime-older')] : regime === 'unknown' ? [of('regime-unknown')] : []),
    ...(hasEnded(compiled) ? [of('process-ended', '', String(at(tender, 'status')))] : []),
  ];
}
