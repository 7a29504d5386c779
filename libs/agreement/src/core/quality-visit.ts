import type { Missing } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { deliversNothing, providerActing, refuseBefore } from './delivery-side.js';
import { happened } from './event.js';
import type { DocumentReference } from './facts.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Decide, Evolve } from './topic.js';

/** Who came to look. People from outside see what staff get used to. */
export const visitors = ['officers', 'people-from-outside', 'both'] as const;
export type Visitors = (typeof visitors)[number];
/** Whether the provider knew that they would come. */
export const visitNotices = ['announced', 'unannounced'] as const;
export type VisitNotice = (typeof visitNotices)[number];

/** Something that is to be better by a day. */
export type Improvement = { readonly improvement: string; readonly what: string; readonly dueOn: CivilDate };

type Visited = {
  readonly visit: string;
  readonly provider: string;
  readonly on: CivilDate;
  readonly visitors: Visitors;
  readonly notice: VisitNotice;
  /** How many people who use the service were spoken to. */
  readonly spokeWith: number;
  readonly found: string;
  readonly report: DocumentReference;
  readonly improvements: readonly Improvement[];
};
type Shown = { readonly improvement: string; readonly how: string; readonly on: CivilDate; readonly evidence: DocumentReference };

export interface QualityVisitCommands {
  /** `nextBy`: the last day for the next one to this provider. */
  'record-quality-visit': Visited & { readonly nextBy?: CivilDate | undefined };
  /** By the provider, or written down by the organisation. */
  'show-improvement': Shown;
}

export interface QualityVisitEvents {
  'concordat.agreement.quality-visit-recorded.v1': Visited & { readonly nextBy: CivilDate | null };
  'concordat.agreement.improvement-shown.v1': Shown & { readonly visit: string; readonly provider: string };
}

export interface QualityVisit extends Omit<Visited, 'improvements'> {
  readonly nextBy: CivilDate | null;
  readonly improvements: readonly (Improvement & { readonly shown: Omit<Shown, 'improvement'> | null })[];
}
/** In the order they were recorded; each is seen by the provider that was visited, and by no other. */
export type QualityVisitState = readonly QualityVisit[];
export const initialQualityVisits: QualityVisitState = [];

/** Where an improvement stands today. */
export function improvementStands({ shown, dueOn }: QualityVisit['improvements'][number], today: CivilDate): 'done' | 'due' | 'overdue' {
  return shown !== null ? 'done' : dueOn < today ? 'overdue' : 'due';
}

/** Everything that visits asked to be improved, and nobody showed yet. */
export const improvementsOpen = ({ qualityVisits }: Agreement) => qualityVisits.flatMap(({ improvements }) => improvements).filter(({ shown }) => shown === null);

/** The last visit to each provider, by which the next one is due. */
export const lastVisits = ({ qualityVisits }: Agreement): readonly QualityVisit[] =>
  [...new Set(qualityVisits.map(({ provider }) => provider))].flatMap((provider) => qualityVisits.filter((one) => one.provider === provider).sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).at(-1) ?? []);

const manager = (what: string, by = 'record-quality-visit'): Missing => ({ what, suppliedBy: 'contract-manager', by });

export const decide = {
  'record-quality-visit': ({ agreement }, { name: _, agreement: __, nextBy, ...visited }, { today }) => {
    const { visit, provider, on, improvements } = visited;
    const ids = improvements.map(({ improvement }) => improvement);
    const known = agreement.qualityVisits.flatMap((one) => one.improvements.map(({ improvement }) => improvement));
    return unless(
      [
        agreement.qualityVisits.some((one) => one.visit === visit) && alreadySo('the visit is on record'),
        agreement.award.parties[provider] !== 'provider' && refusal('quality-visit.not-the-provider', 'A provider of the agreement is visited.', manager('provider')),
        on > today && refusal('quality-visit.not-made-yet', 'A visit is recorded once it was made.', manager('on')),
        refuseBefore(agreement, on, 'on', 'record-quality-visit'),
        improvements.some(({ dueOn }) => dueOn < on) && refusal('quality-visit.improvement-past', 'What a visit asks for is due on its day or later.', manager('improvements')),
        (new Set(ids).size < ids.length || ids.some((id) => known.includes(id))) && refusal('quality-visit.improvement-twice', 'Each improvement is asked for once.', manager('improvements')),
        nextBy !== undefined && nextBy <= on && refusal('quality-visit.next-past', 'The next visit is after this one.', manager('nextBy')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.quality-visit-recorded.v1', { ...visited, nextBy: nextBy ?? null })],
    );
  },

  'show-improvement': (states, { improvement, how, on, evidence }, context) => {
    const { agreement } = states;
    const own = providerActing(states, context);
    const visit = agreement.qualityVisits.find(({ improvements }) => improvements.some((one) => one.improvement === improvement));
    const asked = visit?.improvements.find((one) => one.improvement === improvement);
    return unless(
      [
        asked === undefined && refusal('quality-visit.improvement-unknown', 'A visit asked for the improvement.', manager('improvement')),
        asked !== undefined && asked.shown !== null && alreadySo('the improvement was shown'),
        deliversNothing(states, context),
        visit !== undefined && own !== undefined && own !== visit.provider && refusal('quality-visit.another-s', 'A provider shows what it was asked for.', manager('improvement', 'show-improvement')),
        (on > context.today || (visit !== undefined && on < visit.on)) && refusal('quality-visit.not-shown-then', 'An improvement is shown after the visit, and recorded once it is.', manager('on', 'show-improvement')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.improvement-shown.v1', { improvement, how, on, evidence, visit: visit?.visit ?? '', provider: visit?.provider ?? '' })],
    );
  },
} satisfies { [C in keyof QualityVisitCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.quality-visit-recorded.v1': (agreement, { data: { improvements, ...visited } }) => agreementWith(agreement, {
    qualityVisits: [...agreement.qualityVisits, { ...visited, improvements: improvements.map((one) => ({ ...one, shown: null })) }],
  }),
  'concordat.agreement.improvement-shown.v1': (agreement, { data: { improvement, how, on, evidence } }) => agreementWith(agreement, {
    qualityVisits: agreement.qualityVisits.map((visit) => ({
      ...visit,
      improvements: visit.improvements.map((one) => (one.improvement === improvement ? { ...one, shown: { how, on, evidence } } : one)),
    })),
  }),
} satisfies { [T in keyof QualityVisitEvents]: Evolve<T> };
