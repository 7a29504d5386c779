import type { Missing } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import { activitiesIn, type Activity, type DecisionRight, decisionRights, gives } from './activity.js';
import { affectedGroups, leftOutByOne, sameWords, toBeSaidByTwo } from './affected.js';
import type { Agreement } from './agreement.js';
import { carriedOverTo } from './carried-over.js';
import { invitationsTo, invitationStands, type NobodyWishedAsSaid, saidByTwo } from './invitation.js';
import { heldAgainst, isLower, loweredAlone } from './involvement.js';
import { atMostHalfOfThoseConcerned, missingForDo, missingForSay } from './say-do.js';
import { wasMet, whereWanted } from './stages-that-matter.js';
import type { Conditions } from './topic.js';
import { peopleIn, peopleUpTo, someoneTookPart } from './who-took-part.js';

// Did as many come as it takes, and with as much voice and action; or were they offered it, and declined? What gates ask of what became of a plan.

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });

/** The right that an offer of this much voice gives. */
const rightFor = (say: number): DecisionRight => decisionRights[Math.max(0, Math.min(say, 4) - 1)] ?? 'inform';

/**
 * Enough people were offered this much say in this stage and declined, or wished not to group by group. Either way every group affected and
 * every one of the plan was offered it: a plan with few of them, or with none, and an offer to one of them, speak for no other.
 * An offer that nobody took up is evidence as good as any, and the gate opens at what was reached. That nobody of a group wished to is known
 * of one that was met, and two people say it.
 */
export function offeredAndDeclined(agreement: Agreement, stage: string, say: number, people: number, today: CivilDate): boolean {
  const { nobodyWished, plans } = agreement.involvement;
  const right = rightFor(say);
  const declinedGroups = nobodyWished.filter((told) => told.stage === stage && gives(told.offered, right) && saidByTwo(agreement, told) && wasMet(agreement, told.group)).map(({ group }) => group);
  const affected = affectedGroups(agreement);
  const groups = [...affected, ...(plans[stage]?.groups ?? [])];
  const eachIsOf = (told: readonly string[]) => groups.every((group) => told.some((other) => sameWords(other, group)));
  if (affected.length > 0 && eachIsOf(declinedGroups)) return true;

  const offered = activitiesIn(agreement, stage).filter((held) => gives(held.right, right));
  const asked = (held: readonly Activity[]) => invitationsTo(agreement, held).map((invited) => ({ ...invited, stands: invitationStands(agreement, invited, today) }));
  const sent = asked(offered);
  const declined = sent.filter(({ stands }) => stands === 'declined').map(({ participant }) => participant);
  // A group whose people came was offered it, too. Of an activity for several nobody knows whose people came or declined: it speaks for none of them.
  const reached = offered
    .filter((held) => held.groups.every((group) => sameWords(group, held.groups[0] ?? '')) && (someoneTookPart(held) || asked([held]).some(({ stands }) => stands === 'declined')))
    .flatMap((held) => held.groups);
  return (
    declined.length > 0 &&
    eachIsOf([...declinedGroups, ...reached]) &&
    !sent.some(({ stands, answerBy }) => stands === 'awaited' || (stands === 'declined-unconfirmed' && answerBy >= today)) &&
    new Set([...declined, ...peopleIn(offered)]).size >= people
  );
}

/** What staff typed of people who declined, and nobody confirmed, or of a group that nobody met or of whom one person alone says it, or that it is affected no more: it opens no gate. */
function declinesToConfirm(agreement: Agreement, today: CivilDate): readonly Missing[] {
  const told = agreement.involvement.nobodyWished.filter(({ stage }) => stage === agreement.stage);
  const groups = (which: (one: NobodyWishedAsSaid) => boolean) => [...new Set(told.filter(which).map(({ group }) => group))];
  return [
    ...invitationsTo(agreement, activitiesIn(agreement, agreement.stage))
      .filter((sent) => invitationStands(agreement, sent, today) === 'declined-unconfirmed')
      .map(({ participant }): Missing => ({ what: `that ${participant} declined, as they confirm it`, suppliedBy: 'facilitator', by: 'record-proxy-entry' })),
    ...groups(({ group }) => !wasMet(agreement, group)).map((group): Missing => ({ what: `that some of ${group} were met, of whom nobody wished to`, suppliedBy: 'facilitator', by: 'record-attendance' })),
    ...groups((one) => !saidByTwo(agreement, one)).map((group): Missing => ({ what: `that nobody of ${group} wished to, as a second person says it`, suppliedBy: 'someone else', by: 'record-nobody-wished' })),
    ...leftOutByOne(agreement).map(({ group }) => toBeSaidByTwo(group)),
  ];
}

/**
 * The number of those concerned that stands is the one that the sponsor approved, or else the largest that was written: nobody asks fewer people by
 * writing down fewer. Where a service ends no gate before asked the sponsor, and the first number is approved, too.
 */
function numberApproved({ facts, signOffs, content, raises, involvement: { concernedBefore } }: Agreement): boolean {
  const written = facts['people-concerned'];
  const approval = signOffs.findLast(({ kind, discipline, answer }) => kind === 'approval' && discipline === 'sponsor' && answer.is === 'granted')?.answer;
  if (written === undefined) return true;
  return approval?.is === 'granted' ? approval.version === content.sponsor || approval.at > written.amendedAt : !raises.includes('ends-a-service') && written.value >= concernedBefore;
}

export const conditions = {
  'involvement.achieved': (agreement, asked, { today }) =>
    whereWanted(agreement, asked, () => {
      const { stage } = agreement;
      const people = heldAgainst(agreement, stage)?.people ?? 1;
      const carried = carriedOverTo(agreement, stage);
      const missing = [
        ...(carried.say >= asked.say ? [] : missingForSay(agreement, stage, asked.say)),
        ...(carried.do >= (asked.do ?? 0) ? [] : missingForDo(agreement, stage, asked.do ?? 0)),
      ];
      if (missing.length === 0 || offeredAndDeclined(agreement, stage, asked.say, people, today)) return [];
      return [...missing, ...declinesToConfirm(agreement, today)];
    }),

  'involvement.people': (agreement, asked, { today }) => {
    const { stage } = agreement;
    const held = activitiesIn(agreement, stage);
    const plan = heldAgainst(agreement, stage);
    const [planned, alone] = [agreement.involvement.plans[stage], loweredAlone(agreement, stage)];
    const seconded = planned !== undefined && alone !== undefined && isLower(planned, alone) ? [{ what: `the plan of ${planned.people}, as a second person makes it`, suppliedBy: 'someone else', by: 'plan-involvement' }] : [];
    const toCome = (needed: number, anew: readonly Missing[]): readonly Missing[] => {
      // Not a sum: those carried over may be the very people who took part.
      const tookPart = peopleUpTo(held, needed);
      if (Math.max(tookPart, carriedOverTo(agreement, stage).people) >= needed || offeredAndDeclined(agreement, stage, plan?.say ?? 0, needed, today)) return [];
      return [{ what: `${needed - tookPart} more of the ${needed} people needed`, suppliedBy: 'facilitator', by: 'record-attendance' }, ...declinesToConfirm(agreement, today), ...seconded, ...anew];
    };
    if ('asPlanned' in asked) return toCome(plan?.people ?? 0, []);

    return whereWanted(agreement, asked, () => {
      const { floor, everyoneAsked } = asked;
      const anew = numberApproved(agreement) ? [] : [commissioner('approval of sponsor: of how many people are concerned', 'request-sign-off')];

      if (everyoneAsked === true) {
        const concerned = agreement.facts['people-concerned']?.value;
        if (concerned === undefined) return [commissioner('people-concerned', 'amend-facts')];
        const reached = new Set([...peopleIn(held), ...invitationsTo(agreement, held).map(({ participant }) => participant)]).size;
        if (reached >= concerned) return anew;
        return [{ what: `${concerned - reached} of the ${concerned} people concerned to be asked`, suppliedBy: 'facilitator', by: 'invite-participant' }, ...anew];
      }

      const lowered = atMostHalfOfThoseConcerned(agreement, floor);
      const needed = Math.max(plan?.people ?? 0, anew.length > 0 ? floor : lowered);
      return toCome(needed, lowered < needed ? anew : []);
    });
  },
} satisfies Partial<Conditions>;
