import { achieved, activitiesIn, type Agreement, heldAgainst, invitationStands, isSaidAlone, isUnheard, peopleOf, saidByTwo, stagesWanted, wereAsked, wholeReached } from '@concordat/agreement/core';
import { pathways } from '@concordat/pathway';
import { doLevels, sayLevels } from '@concordat/pathway/core';
import { type LedgerReader, ledgerShown } from './ledger-shown.js';
import type { Named } from './names.js';
import type { Offers } from './sight.js';
import { codeOf, counted, dayOf, missingShown, upper, votesSaid } from './words/say.js';

const invitationWords: Readonly<Record<ReturnType<typeof invitationStands>, string>> = { awaited: 'Awaited', accepted: 'Accepted', declined: 'Declined', lapsed: 'Lapsed', 'declined-unconfirmed': 'Declined, as entered for them and not confirmed yet' };

/**
 * Everything about people in an agreement: what they do already, what is planned with them, what came of it.
 * @param whole what it was split from, where that is seen: what people do stands there, and is taken off the record there alone.
 */
export function involvementShown(agreement: Agreement, reader: LedgerReader, whole?: Agreement) {
  const { named, today, form } = reader;
  const { id, involvement, activitiesOfPeople } = agreement;
  const base = `/agreements/${id}/do`;
  return {
    ladder: ladderOf(agreement, named, reader.offers),
    already: [
      ...activitiesOfPeople.map((one) => ({ ...existingShown(one), href: form('record-what-people-do', one.activity), off: form('take-off-record', one.activity), of: undefined })),
      ...(whole?.activitiesOfPeople ?? []).map((one) => ({ ...existingShown(one), href: undefined, off: undefined, of: { title: whole?.title ?? '', href: `/agreements/${whole?.id ?? ''}/involvement` } })),
    ],
    matters: involvement.stagesThatMatter.map((said) => ({
      group: said.group,
      stages: stagesWanted(agreement, said).length === 0 ? 'none of them' : stagesWanted(agreement, said).map((stage) => named.said(stage, 'stage')).join(', '),
      asked: wereAsked(agreement, said),
      alone: isSaidAlone(agreement, said) && (said.stages.length === 0 ? 'that none of them does' : `that only these do: ${said.stages.map((stage) => named.said(stage, 'stage')).join(', ')}`),
    })),
    nobodyWished: involvement.nobodyWished.map((told) => ({ stage: named.said(told.stage, 'stage'), group: told.group, offered: codeOf(told.offered), source: told.source, alone: !saidByTwo(agreement, told) })),
    activities: involvement.activities.map((activity) => ({
      title: activity.title,
      voided: activity.voided,
      stage: named.said(activity.stage, 'stage'),
      groups: activity.groups.join(', '),
      right: codeOf(activity.right),
      led: codeOf(activity.ledBy),
      closes: dayOf(activity.closesOn),
      took: counted(peopleOf(activity).length, 'person', 'people'),
      hours: activity.effort.reduce((all, { hours }) => all + hours, 0),
      votes: activity.votes.map(({ question, options, on }) => `${question} ${votesSaid(options)} (${dayOf(on)})`),
      decided: activity.jointDecisions.map(({ decided, on }) => `${decided} (${dayOf(on)})`),
      invited: involvement.invitations
        .filter((invitation) => invitation.activity === activity.id)
        .map((invitation) => ({ who: upper(named.of(invitation.participant)), stands: invitationWords[invitationStands(agreement, invitation, today)], by: dayOf(invitation.answerBy) })),
      importHref: (agreement.lifecycle === 'open' || agreement.lifecycle === 'held') && reader.offers['record-contribution']?.href && `/agreements/${id}/activities/${activity.id}/import`,
      links: (['record-attendance', 'record-contribution', 'record-effort', 'record-joint-decision', 'record-vote', 'issue-information', 'offer-payment', 'invite-participant', 'void-activity'] as const).filter((command) => reader.offers[command]?.href !== undefined).map((command) => ({ command, href: `${base}/${command}?about=${activity.id}` })),
    })),
    ...ledgerShown(agreement, reader),
  };
}

function existingShown({ group, does, people, hoursAWeek, dependsOnIt, needs, onRecord }: Agreement['activitiesOfPeople'][number]) {
  return {
    group: upper(group), does, dependsOnIt, scale: `About ${counted(people, 'person', 'people')}, ${counted(hoursAWeek, 'hour')} a week`,
    needs: needs === '' ? 'They said that they need nothing.' : needs, who: codeOf(onRecord),
  };
}

/** Say and Do over the stages: what is planned and what is reached. */
export function ladderOf(agreement: Agreement, named: Named, offers: Offers) {
  const stages = stagesWith(agreement, named, offers);
  return { headline: ladderHeadline(stages), whole: wholeWords(agreement), stages };
}

function stagesWith(agreement: Agreement, named: Named, offers: Offers) {
  const stages = pathways.find(agreement.pathway.id, agreement.pathway.version)?.stages ?? [];
  return stages.map(({ id, title }) => {
    const [plan, most, lowered] = [agreement.involvement.plans[id], heldAgainst(agreement, id), agreement.involvement.lowered[id]];
    const reached = achieved(agreement, id);
    const people = new Set(activitiesIn(agreement, id).flatMap((activity) => peopleOf(activity))).size;
    const active = plan !== undefined || reached.say > 0 || reached.do > 0 || id === agreement.stage;
    return {
      title,
      here: id === agreement.stage,
      ahead: agreement.stages[id] === undefined,
      plan: plan && {
        say: plan.say, do: plan.do, sayWords: sayLevels[plan.say], doWords: doLevels[plan.do], groups: plan.groups.join(', '), method: plan.method, people: plan.people,
        mode: [codeOf(plan.mode).replace(/:.*/, ''), ...plan.subTypes.map((part) => codeOf(part).replace(/:.*/, ''))].join(', '),
        resources: livesOn(agreement, plan.resources, named),
        access: livesOn(agreement, plan.accessCosts, named),
        lowered: lowered && `Lowered on ${dayOf(lowered.on)} from Say ${lowered.say}, Do ${lowered.do}, ${counted(lowered.people, 'person', 'people')}: ${lowered.why}${saidToo(lowered, named)}`,
      },
      most,
      say: reached.say,
      do: reached.do,
      sayWords: `${reached.say} – ${sayLevels[reached.say]}${reached.say >= 3 ? (reached.confirmed ? ', confirmed' : ', unconfirmed') : ''}`,
      doWords: `${reached.do} – ${doLevels[reached.do]}`,
      sayBar: bar(reached.say, most?.say, 4),
      doBar: bar(reached.do, most?.do, 3),
      people,
      missing: active && agreement.lifecycle === 'open' ? reached.missing.map((one) => missingShown(agreement.id, one, named, (command) => offers[command]?.href !== undefined)) : [],
      planHref: offers['plan-involvement']?.href && `${offers['plan-involvement'].href}?stage=${id}`,
    };
  });
}

const saidToo = ({ second }: Agreement['involvement']['lowered'][string], named: Named): string => (second === null ? '' : ` ${named.of(second.by)} said so too on ${dayOf(second.on)}: ${second.why}`);

const livesOn = (agreement: Agreement, resources: Agreement['involvement']['plans'][string]['resources'], named: Named): string => {
  if (resources.is === 'budget') return named.said(resources.amount);
  return resources.is === 'not-yet' ? 'not known yet' : `${resources.group}: “${resources.because}”${isUnheard(agreement, resources) ? ', as whoever planned it says: nobody of them was met yet' : ''}`;
};

/** One box a step: reached, planned and not reached, or neither. */
function bar(reached: number, planned: number | undefined, top: number) {
  return Array.from({ length: top }, (_, at) => (at < reached ? 'reached' : at < (planned ?? 0) ? 'planned' : 'open'));
}

/** What may be said of the whole agreement; nothing while co-production is not full, for the stages say what is there. */
function wholeWords(agreement: Agreement): string | undefined {
  const stages = pathways.find(agreement.pathway.id, agreement.pathway.version)?.stages ?? [];
  const { say, do: action, confirmed, fullCoProduction } = wholeReached(agreement, stages.map(({ id }) => id));
  if (!fullCoProduction) return undefined;
  return `Full co-production: Say ${say} (${sayLevels[say]}${confirmed ? '' : ', unconfirmed by those who took part'}) and Do ${action} (${doLevels[action]}).`;
}

function ladderHeadline(stages: ReturnType<typeof stagesWith>): string {
  const everyPlan = stages.filter(({ plan }) => plan !== undefined);
  const planned = everyPlan.filter(({ ahead }) => !ahead);
  const short = planned.filter(({ most, say, do: action }) => say < (most?.say ?? 0) || action < (most?.do ?? 0));
  if (everyPlan.length === 0) return 'No involvement is planned yet.';
  if (planned.length === 0) return `Involvement is planned for ${counted(everyPlan.length, 'stage')}, all of them still ahead.`;
  if (short.length === 0) return `${planned.length === 1 ? 'The one stage' : `All ${planned.length} stages`} with a plan so far reached what was planned.`;
  const now = short.find(({ here }) => here);
  return `${short.length} of ${counted(planned.length, 'stage')} with a plan so far ${short.length === 1 ? 'has' : 'have'} not reached what was planned${now === undefined ? '' : `, among them ${now.title}, where the agreement stands`}.`;
}
