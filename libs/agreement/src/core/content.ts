import { type Discipline, disciplines, type FactName } from '@concordat/pathway/core';
import { canonical } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';

/** What can be signed (by discipline), decided, or accepted by a provider. */
export const subjects = [...disciplines, 'decision', 'award'] as const;
/** One thing that is signed, decided or accepted as a whole. */
export type Subject = Discipline | 'decision' | 'award';

/** SHA-256 in lower-case hex of what each subject rests on now. Whoever signs names the one they read. */
export type Content = Readonly<Record<Subject, string>>;

/**
 * What each subject rests on. A change to anything named here is material: what was granted, decided or accepted on it
 * is stale from that event on. With the route goes the ground of an urgency. Whatever is not named (a title, a description, who leads) can be mended at any time.
 */
export const material: Readonly<Record<Subject, { readonly facts: readonly FactName[]; readonly award: boolean; readonly route: boolean }>> = {
  sponsor: { facts: ['sponsor', 'value', 'contract-period', 'affected-groups', 'people-concerned', 'options-appraisal', 'consultation-report', 'review-report'], award: true, route: false },
  safeguarding: { facts: ['affected-groups', 'safeguarding-screen', 'specification', 'mobilisation-plan', 'service-regulated', 'registration'], award: false, route: false },
  finance: { facts: ['value', 'contract-period', 'financial-envelope', 'options-appraisal', 'review-report', 'conflicts-assessment', 'evaluation'], award: true, route: false },
  'legal-procurement': { facts: ['value', 'contract-period', 'specification', 'conflicts-assessment', 'evaluation', 'modification-test', 'insurance-check'], award: true, route: true },
  'clinical-quality': { facts: ['qia', 'specification'], award: false, route: false },
  'information-governance': { facts: ['dpia', 'data-screening', 'specification', 'mobilisation-plan'], award: false, route: false },
  equality: { facts: ['eqia', 'equality-note', 'affected-groups', 'people-concerned', 'specification'], award: false, route: false },
  decision: {
    facts: [
      'value', 'contract-period', 'specification', 'eqia', 'conflicts-assessment', 'evaluation',
      'options-appraisal', 'consultation-report', 'modification-test', 'insurance-check', 'equality-note', 'data-screening', 'service-regulated', 'registration',
    ],
    award: true,
    route: true,
  },
  award: { facts: ['value', 'contract-period', 'specification'], award: true, route: false },
};

/**
 * What people were told of, or gave something to, before it was awarded: from the award on it changes by a variation alone, of which it
 * is asked what they must be asked again.
 */
export const materialForPeople = ['value', 'contract-period', 'specification'] as const satisfies readonly FactName[];

/** Facts that a subject came to rest on later than others: each is in its hash only once it is there, so that what was signed without it stands. */
const onceThere: { readonly [S in Subject]?: readonly FactName[] } = { sponsor: ['review-report'], finance: ['conflicts-assessment', 'evaluation'] };

export const noContent = Object.fromEntries(subjects.map((subject) => [subject, ''])) as Content;

/** What of an agreement its subjects rest on. */
type RestsOn = Pick<Agreement, 'id' | 'facts' | 'award' | 'routeChoice' | 'urgency' | 'modification'>;

/** Whether two agreements give every subject the same to rest on. */
function restsOnTheSame(one: RestsOn, other: RestsOn): boolean {
  return one.id === other.id && one.facts === other.facts && one.award.proposed === other.award.proposed && one.routeChoice === other.routeChoice && one.urgency.urgent === other.urgency.urgent && one.modification === other.modification;
}

/** The hashes after a change. Of a subject that rests on the same as before the one on record stays, however it was read then. */
export function contentAfter(before: Agreement, after: Agreement, sha256: (text: string) => string): Content {
  if (restsOnTheSame(before, after)) return before.content;
  const [was, is] = [contentOf(before, sha256), contentOf(after, sha256)];
  return Object.fromEntries(subjects.map((subject) => [subject, was[subject] === is[subject] ? before.content[subject] : is[subject]])) as Content;
}

/** The hashes as an agreement with these facts and this proposed award would have them; for `decide`, which records them. */
export function contentOf(agreement: RestsOn, sha256: (text: string) => string): Content {
  const proposed = agreement.award.proposed;
  const hashOf = (subject: Subject): string => {
    const read = material[subject].facts.filter((name) => onceThere[subject]?.includes(name) !== true || agreement.facts[name] !== undefined);
    const facts = Object.fromEntries(read.map((name) => [name, agreement.facts[name]?.value ?? null]));
    const lots = proposed !== null && proposed.lots.length > 0 ? { lots: proposed.lots } : {};
    const award = material[subject].award && proposed !== null ? { provider: proposed.provider, value: proposed.value, ...lots } : null;
    const chosen = agreement.routeChoice;
    const route = material[subject].route && chosen !== null ? { route: { ...chosen.route, ground: chosen.ground } } : {};
    const { urgent } = agreement.urgency;
    // Only where there is one, so that nothing else that was read is read otherwise. Of a route it is the ground, whoever chose it.
    const urgency = material[subject].route && urgent?.signed === true ? { urgency: { ground: urgent.ground, why: urgent.why, startsOn: urgent.startsOn } } : {};
    const tested = agreement.modification;
    const modification = material[subject].facts.includes('modification-test') && tested !== null ? { modification: { ground: tested.ground, confirmed: tested.confirmed, from: tested.from.agreement } } : {};
    return sha256(canonical({ agreement: agreement.id, subject, facts, award, ...route, ...urgency, ...modification }));
  };
  return Object.fromEntries(subjects.map((subject) => [subject, hashOf(subject)])) as Content;
}
