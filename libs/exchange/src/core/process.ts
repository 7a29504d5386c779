import type { AgreementKind } from '@concordat/pathway/core';
import type { PublishedFacts, TakenOverFrom } from '@concordat/agreement/core';
import type { Json, JsonObject } from '@concordat/platform/core';
import { dayOf, instantOf } from './instant.js';
import { at, holdsText, isObject, objects, shortened, words } from './read.js';

/** What the public record proves of one process: how its agreement is taken over. */
export interface TakingOver {
  readonly title: string;
  readonly kind: AgreementKind;
  readonly route: { readonly id: string };
  readonly stage: string;
  readonly value?: { readonly amount: string; readonly currency: string };
  readonly facts: PublishedFacts;
  readonly from: TakenOverFrom;
}

/** The law a process was run under, as far as its dates and notices show it. */
export type RegimeShown = 'pa-2023' | 'older' | 'unknown';

/** The Procurement Act 2023 applies to what was begun from this day (SI 2024/959). */
const actInForce = '2025-02-24';

/** Publishers whose notices are made under UK law, by the prefix of their process ids. */
const ukPublishers = ['ocds-b5fd17-', 'ocds-h6vhtk-'];

const ended = ['cancelled', 'unsuccessful', 'withdrawn'];
const isLive = (thing: JsonObject) => ![...ended, 'pending'].includes(String(at(thing, 'status') ?? ''));

const awardsOf = (compiled: JsonObject) => objects(at(compiled, 'awards')).filter(isLive);
const contractsOf = (compiled: JsonObject) => objects(at(compiled, 'contracts')).filter(isLive);
const isSaid = (value: Json | undefined) => (isObject(value) ? Object.keys(value).length > 0 : Array.isArray(value) && value.length > 0);

/**
 * The furthest stage of the pathway `standard` that published facts prove. A plan proves that needs are looked at, a call for
 * tenders the sourcing, an award the award; a signed contract proves the mobilisation, and what was done or paid under it, or
 * a beginning that a later notice looks back on, the delivery. What a notice does not say is not assumed.
 */
export function stageProved(compiled: JsonObject): string {
  const contracts = contractsOf(compiled);
  const last = instantOf(at(compiled, 'date'));
  const hasBegun = (contract: JsonObject) => {
    const begins = instantOf(at(contract, 'period', 'startDate'));
    return begins !== undefined && last !== undefined && begins <= last;
  };
  if (contracts.length > 0 && contracts.every((contract) => at(contract, 'status') === 'terminated')) return 'review';
  if (contracts.some((contract) => isSaid(at(contract, 'implementation')) || hasBegun(contract))) return 'delivery';
  if (contracts.length > 0) return 'mobilisation';
  if (awardsOf(compiled).length > 0) return 'award';
  const status = at(compiled, 'tender', 'status');
  const isCalled = isObject(at(compiled, 'tender')) && status !== 'planning' && status !== 'planned';
  return isCalled ? 'sourcing' : 'needs';
}

/** True where the process came to an end before anything was awarded, as its notices say. */
export function hasEnded(compiled: JsonObject): boolean {
  return awardsOf(compiled).length === 0 && contractsOf(compiled).length === 0 && ended.includes(String(at(compiled, 'tender', 'status') ?? ''));
}

/** The law it was run under: by the types of its notices, else by the earliest day anything in it happened. */
export function regimeShown(ocid: string, compiled: JsonObject): RegimeShown {
  const documents = [compiled, at(compiled, 'tender'), ...objects(at(compiled, 'awards')), ...objects(at(compiled, 'contracts'))].flatMap((part) => objects(at(part, 'documents')));
  if (documents.some((document) => /^UK\d+$/.test(String(at(document, 'noticeType') ?? '')))) return 'pa-2023';
  if (!ukPublishers.some((prefix) => ocid.startsWith(prefix))) return 'unknown';
  const days = [
    at(compiled, 'date'),
    at(compiled, 'tender', 'tenderPeriod', 'startDate'),
    at(compiled, 'tender', 'tenderPeriod', 'endDate'),
    ...objects(at(compiled, 'awards')).flatMap((award) => [at(award, 'date'), at(award, 'datePublished')]),
    ...objects(at(compiled, 'contracts')).map((contract) => at(contract, 'dateSigned')),
  ].flatMap((date) => dayOf(date) ?? []);
  return days.some((day) => day < actInForce) ? 'older' : days.length > 0 ? 'pa-2023' : 'unknown';
}

/** True for services that the light touch is for: health, social, education and the like, by their CPV codes. */
export function isLightTouch(compiled: JsonObject): boolean {
  return classifications(compiled).some((code) => /^(85|80|75[23]|98[0-3]|92)/.test(code));
}

function classifications(compiled: JsonObject): readonly string[] {
  const items = [at(compiled, 'tender'), ...objects(at(compiled, 'awards')), ...objects(at(compiled, 'contracts'))].flatMap((part) => objects(at(part, 'items')));
  const main = [at(compiled, 'tender', 'classification'), ...items.map((item) => at(item, 'classification'))].filter(isObject);
  // What was added to an item counts only where the item has no classification of its own.
  const added = items.filter((item) => !isObject(at(item, 'classification'))).flatMap((item) => objects(at(item, 'additionalClassifications')).slice(0, 1));
  return [...main, ...added].filter((one) => /^CPV$/i.test(String(at(one, 'scheme') ?? ''))).map((one) => String(at(one, 'id') ?? ''));
}

function kindOf(compiled: JsonObject, title: string): AgreementKind {
  const procedure = String(at(compiled, 'tender', 'procurementMethodDetails') ?? '');
  if (/call-?\s?off/i.test(procedure)) return 'call-off';
  const techniques = at(compiled, 'tender', 'techniques', 'hasFrameworkAgreement');
  return techniques === true || /\bframework (agreement|contract)\b/i.test(title) ? 'framework' : 'contract';
}

/** An amount in pence and its currency, where it is one an agreement can hold. */
type Amount = { readonly pence: number; readonly currency: string };

/** The amount a value says, or nothing. A value of the Procurement Act may say it with tax alone (`amountGross`). */
export function amountOf(value: Json | undefined): Amount | undefined {
  const amount = at(value, 'amount') ?? at(value, 'amountGross');
  const currency = at(value, 'currency');
  if (typeof amount !== 'number' || typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return undefined;
  const pence = Math.round(amount * 100);
  return pence >= 0 && Number.isSafeInteger(pence) && pence < 10 ** 15 ? { pence, currency } : undefined;
}

// What was contracted, else awarded, else expected, else budgeted; 0 says nothing about worth (a finding says so).
function valueOf(compiled: JsonObject): TakingOver['value'] {
  const said = (things: readonly JsonObject[]) => things.flatMap((thing) => amountOf(at(thing, 'value')) ?? []).filter(({ pence }) => pence > 0);
  const sources = [
    said(contractsOf(compiled)),
    said(awardsOf(compiled)),
    [amountOf(at(compiled, 'tender', 'value')), amountOf(at(compiled, 'tender', 'minValue')), amountOf(at(compiled, 'planning', 'budget', 'amount'))]
      .flatMap((amount) => amount ?? [])
      .filter(({ pence }) => pence > 0)
      .slice(0, 1),
  ];
  const amounts = sources.find((found) => found.length > 0);
  const currency = amounts?.[0]?.currency;
  if (amounts === undefined || currency === undefined || amounts.some((amount) => amount.currency !== currency)) return undefined;
  const pence = amounts.reduce((sum, amount) => sum + amount.pence, 0);
  return pence < 10 ** 15 ? { amount: `${Math.floor(pence / 100)}.${String(pence % 100).padStart(2, '0')}`, currency } : undefined;
}

/** The period of the contract, else the one awarded, else the one called for. Both ends are there, in order or not. */
export function periodSaid(compiled: JsonObject): { readonly startsOn: string; readonly endsOn: string } | undefined {
  const periods = [
    ...contractsOf(compiled).map((contract) => at(contract, 'period')),
    ...awardsOf(compiled).map((award) => at(award, 'contractPeriod')),
    at(compiled, 'tender', 'contractPeriod'),
  ].map((period) => ({ startsOn: dayOf(at(period, 'startDate')), endsOn: dayOf(at(period, 'endDate')) }));
  const found = periods.find(({ startsOn, endsOn }) => startsOn !== undefined && endsOn !== undefined);
  return found as { startsOn: string; endsOn: string } | undefined;
}

function placeOf(compiled: JsonObject): string | undefined {
  const items = [at(compiled, 'tender'), ...awardsOf(compiled), ...contractsOf(compiled)].flatMap((part) => objects(at(part, 'items')));
  const named = items.flatMap((item) => [
    ...objects(at(item, 'deliveryAddresses')).map((address) =>
      [...new Set(['streetAddress', 'locality', 'region', 'postalCode'].flatMap((part) => words(at(address, part), 200) ?? []))].join(', '),
    ),
    words(at(item, 'deliveryLocation', 'description'), 1_000) ?? '',
  ]);
  return words([...new Set(named.filter((place) => place !== ''))].join('; '), 4_000);
}

/** The title a process is found by; the process id where no notice gives one. */
function titleOf(ocid: string, compiled: JsonObject): string {
  const lot = [...contractsOf(compiled), ...awardsOf(compiled)];
  const candidates = [at(compiled, 'tender', 'title'), ...lot.map((part) => at(part, 'title')), at(compiled, 'planning', 'budget', 'project'), at(compiled, 'planning', 'budget', 'description')];
  return candidates.flatMap((title) => words(title, 200) ?? [])[0] ?? shortened(ocid, 200);
}

/**
 * How the agreement of a process is taken over: what its compiled release says, and nothing it does not.
 * @param source who published it.
 */
export function takingOver(ocid: string, compiled: JsonObject, source: string): TakingOver {
  const title = titleOf(ocid, compiled);
  const value = valueOf(compiled);
  const period = periodSaid(compiled);
  const contract = contractsOf(compiled)[0];
  const said: { -readonly [F in keyof PublishedFacts]: PublishedFacts[F] | undefined } = {
    description: words(at(compiled, 'tender', 'description') ?? at(contract, 'description') ?? at(compiled, 'planning', 'rationale'), 4_000),
    reference: words(at(compiled, 'tender', 'id'), 200) ?? shortened(ocid, 200),
    place: placeOf(compiled),
    theme: words(at(compiled, 'tender', 'classification', 'description'), 200),
    'contract-period': period !== undefined && period.startsOn <= period.endsOn ? period : undefined,
  };
  return {
    title,
    kind: kindOf(compiled, title),
    route: { id: isLightTouch(compiled) ? 'pa2023-light-touch' : 'pa2023-competitive' },
    stage: stageProved(compiled),
    ...(value !== undefined && { value }),
    facts: Object.fromEntries(Object.entries(said).filter(([, fact]) => fact !== undefined)),
    from: { source: shortened(source, 200), reference: shortened(ocid, 200) },
  };
}

const involvement =
  /\bco-?(produc|design|creat|commission)|\blived experience|\bservice[- ]users?\b.{0,80}\b(involv|consult|engag|feedback|views)|\b(involv|consult|engag)\w*\b.{0,80}\b(service[- ]users?|residents|carers|communit(y|ies)|patients|the public|young people|families)\b|\bpublic (consultation|engagement)\b|\b(community|resident|patient|user|stakeholder) (engagement|involvement|consultation|participation)\b|cyd-?gynhyrch|ymgynghor(i|iad)\b|consulta p[uú]blica|participaci[oó]n ciudadana/i;

/** Whether a process says anything of the people who use the service having a part in it. */
export function hasWordOfInvolvement(compiled: JsonObject): boolean {
  return holdsText(compiled, (text) => involvement.test(text));
}
