import type { Missing } from '@concordat/journal/core';
import { isEarlier } from '@concordat/pathway/core';
import { canonical } from '@concordat/platform/core';
import { type Activity, activityOf, activityUnknown } from './activity.js';
import { affectedGroups, missingOfGroups, sameWords } from './affected.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { carriedOverCounts } from './carried-over.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { areTwo, refuseSamePerson } from './separation.js';
import type { Conditions, Decide, Evolve } from './topic.js';
import { peopleUpTo } from './who-took-part.js';

/*
 * Which stages matter to the people affected, as they said it themselves: where, a gate asks that they were involved.
 */

/**
 * Which stages matter to a group, as it said; an empty list is an answer too. `source`: how it is known, the meeting, the letter, the
 * representative. `activity`: where some of them took part and were asked; `carried`: or what they gave before, carried over here. Without
 * either it asks for what it names, and lets no gate rest.
 */
export type StagesThatMatter = { readonly group: string; readonly stages: readonly string[]; readonly source: string; readonly activity?: string; readonly carried?: string };
/**
 * `saidBy`: whoever says so; `takenBack`: what the group wanted before and is said to want no more. `inTheWhole`: they were asked in the
 * agreement that this one was split from, where what they took part in stands.
 */
export type StagesSaid = StagesThatMatter & { readonly saidBy?: readonly string[]; readonly takenBack?: readonly string[]; readonly inTheWhole?: true };

export interface StagesCommands {
  'record-stages-that-matter': StagesThatMatter;
}

export interface StagesEvents {
  'concordat.agreement.stages-that-matter-recorded.v1': StagesThatMatter;
}

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });

/** Did some of the group take part there? What was voided was no meeting, and fewer people than groups are not all of them. */
const tookPartIn = (group: string, held: Activity): boolean =>
  !held.voided && held.groups.some((other) => sameWords(other, group)) && peopleUpTo([held], held.groups.length) >= held.groups.length;

/** Did the group itself say so: where some of it took part, or in what it gave before and somebody who speaks for it confirmed? What somebody writes down alone is not asked yet. */
export function wereAsked(agreement: Agreement, { group, activity: at, carried, inTheWhole }: StagesSaid): boolean {
  const held = at === undefined ? undefined : activityOf(agreement, at);
  return inTheWhole === true || (held !== undefined && tookPartIn(group, held)) || agreement.carriedOver.some((one) => one.id === carried && carriedOverCounts(agreement, one));
}

/** Does one person alone say that less matters to a group than it said before, or nothing at all? Gates open on it, and so two say it. */
export function isSaidAlone(agreement: Agreement, { stages, saidBy = [], takenBack = [], inTheWhole }: StagesSaid): boolean {
  return inTheWhole !== true && (stages.length === 0 || takenBack.length > 0) && !areTwo(agreement, saidBy);
}

/** The stages that matter to it: what one person alone takes back does still. */
export const stagesWanted = (agreement: Agreement, said: StagesSaid): readonly string[] => [...said.stages, ...(isSaidAlone(agreement, said) ? (said.takenBack ?? []) : [])];

/** Did the group answer: was it asked, and is it no one person alone who says that nothing matters to it? */
const answered = (agreement: Agreement, said: StagesSaid): boolean => wereAsked(agreement, said) && !(said.stages.length === 0 && isSaidAlone(agreement, said));

/** Whoever says which stages matter to whom. */
export const stagesSaidBy = ({ involvement }: Pick<Agreement, 'involvement'>): readonly string[] => involvement.stagesThatMatter.flatMap(({ saidBy = [] }) => saidBy);

const sameStages = (one: readonly string[], other: readonly string[]): boolean => canonical(one.toSorted()) === canonical(other.toSorted());

/** Was it met here, or in the whole this was split from? Of a group that nobody met nobody knows what it wished. */
export const wasMet = (agreement: Agreement, group: string): boolean =>
  agreement.involvement.activities.some((held) => tookPartIn(group, held)) ||
  agreement.involvement.stagesThatMatter.some((said) => sameWords(said.group, group) && wereAsked(agreement, said));

/** What groups said as it goes along with each contract of a split: whoever was asked is asked once. */
export function stagesSaidAlong(agreement: Agreement): readonly StagesSaid[] {
  return agreement.involvement.stagesThatMatter.map((said) => {
    const { group, source } = said;
    return { group, stages: stagesWanted(agreement, said), source, ...(answered(agreement, said) && { inTheWhole: true }) };
  });
}

export const decide = {
  'record-stages-that-matter': ({ agreement, persons }, { group, stages, source, activity: named, carried: from }, { pathway, actor }) => {
    const unknown = stages.filter((stage) => !pathway.stages.some(({ id }) => id === stage));
    const before = agreement.involvement.stagesThatMatter.find((said) => said.group === group);
    const same = before !== undefined && sameStages(before.stages, stages) ? before : undefined;
    const [at, carried] = [named ?? same?.activity, from ?? same?.carried];
    const said: StagesThatMatter = { group, stages, source, ...(at !== undefined && { activity: at }), ...(carried !== undefined && { carried }) };
    const held = at === undefined ? undefined : activityOf(agreement, at);
    const known = same !== undefined && at === same.activity && carried === same.carried;
    const alone = same !== undefined && isSaidAlone(agreement, same);
    // Whoever wanted to be asked there is asked: that they wish so no more is an answer to what they are offered.
    const withdrawn = (before === undefined ? [] : stagesWanted(agreement, before)).filter((stage) => !stages.includes(stage) && !isEarlier(pathway, agreement.stage, stage));
    return unless(
      [
        unknown.length > 0 &&
          refusal(
            'stage.unknown',
            'The stages are stages of the pathway.',
            ...unknown.map((stage) => commissioner(stage, 'record-stages-that-matter')),
          ),
        source.trim() === '' && refusal('stages-that-matter.no-source', 'It is said how it is known which stages matter to the group.', { what: 'source', suppliedBy: 'facilitator', by: 'record-stages-that-matter' }),
        withdrawn.length > 0 &&
          refusal(
            'stages-that-matter.under-way',
            'A stage that matters to a group is not taken back once the agreement stands in it: they are offered to take part.',
            ...withdrawn.map((stage) => ({ what: `that nobody of ${group} wished to in ${stage}, once it was offered`, suppliedBy: 'facilitator', by: 'record-nobody-wished' })),
          ),
        at !== undefined && held === undefined && activityUnknown,
        held !== undefined && !tookPartIn(group, held) &&
          refusal('stages-that-matter.not-asked-there', 'Some of the group took part where they were asked.', { what: `who of ${group} took part`, suppliedBy: 'facilitator', by: 'record-attendance' }),
        carried !== undefined && !agreement.carriedOver.some((one) => one.id === carried && carriedOverCounts(agreement, one)) &&
          refusal('stages-that-matter.not-carried-over', 'What they said before is carried over to here, and somebody who speaks for them confirmed it.', { what: 'what is carried over, confirmed', suppliedBy: 'representative', by: 'answer-carry-over' }),
        known && !alone && alreadySo('this is what matters to the group'),
        known && alone &&
          refuseSamePerson(persons, actor, same.saidBy ?? [], { code: 'second.same-person', asks: 'That less matters to a group than it said before, or nothing at all, is said by two people, for gates open on it.', did: 'said so', by: 'record-stages-that-matter' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.stages-that-matter-recorded.v1', said)],
    );
  },
} satisfies { [C in keyof StagesCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.stages-that-matter-recorded.v1': (agreement, { data, meta }) => {
    const { involvement } = agreement;
    const before = involvement.stagesThatMatter.find(({ group }) => group === data.group);
    const again = before !== undefined && sameStages(before.stages, data.stages);
    const saidBy = [...new Set([...(again ? (before.saidBy ?? []) : []), meta.actor])];
    const takenBack = again ? (before.takenBack ?? []) : before === undefined ? [] : stagesWanted(agreement, before).filter((stage) => !data.stages.includes(stage));
    return agreementWith(agreement, {
      involvement: { ...involvement, stagesThatMatter: [...involvement.stagesThatMatter.filter(({ group }) => group !== data.group), { ...data, saidBy, takenBack }] },
    });
  },
} satisfies { [T in keyof StagesEvents]: Evolve<T> };

const whichStagesMatter = (group: string, what: string): Missing => ({ what: `which stages matter to ${group}${what}`, suppliedBy: 'facilitator', by: 'record-stages-that-matter' });
const notAskedYet = ': not asked yet where some of them took part';

/** What is missing of what a group said. */
const stillToSay = (agreement: Agreement, said: StagesSaid): Missing =>
  wereAsked(agreement, said) ? { what: `that no stage matters to ${said.group}, as a second person says it`, suppliedBy: 'someone else', by: 'record-stages-that-matter' } : whichStagesMatter(said.group, notAskedYet);

/** The groups affected that were not asked where some of them took part. What is written of others, a slip of the pen among them, asks nothing. */
function notAskedWhich(agreement: Agreement): readonly Missing[] {
  const { stagesThatMatter } = agreement.involvement;
  return missingOfGroups(
    agreement,
    stagesThatMatter.filter((said) => answered(agreement, said)).map(({ group }) => group),
    (group) => {
      const said = stagesThatMatter.find((one) => sameWords(one.group, group));
      return said === undefined ? whichStagesMatter(group, '') : stillToSay(agreement, { ...said, group });
    },
  );
}

/**
 * What is missing where it is asked always, or where people said that the stage matters to them. Until somebody was asked, nobody knows;
 * and that it matters to nobody is theirs to say, group by group, also of whoever came to be affected since.
 */
export function whereWanted(agreement: Agreement, asked: { readonly whenWanted?: boolean }, missing: () => readonly Missing[]): readonly Missing[] {
  if (asked.whenWanted !== true) return missing();
  const { stagesThatMatter } = agreement.involvement;
  if (stagesThatMatter.length === 0) return [commissioner('which stages matter to the people affected', 'record-stages-that-matter')];
  if (stagesThatMatter.some((said) => stagesWanted(agreement, said).includes(agreement.stage))) return missing();
  // Of what was taken over nobody may have written down yet who is affected.
  const unknown = affectedGroups(agreement).length === 0;
  return unknown ? stagesThatMatter.filter((said) => !answered(agreement, said)).map((said) => stillToSay(agreement, said)) : notAskedWhich(agreement);
}

export const conditions = {
  'involvement.stages-that-matter-asked': notAskedWhich,
} satisfies Partial<Conditions>;
