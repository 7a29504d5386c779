import {
  agesOn, type Agreement, commitmentStands, controlsInUse, countsFrom, dueNext, dueOn, expiryNoticeDays, lastVisits, leading, mayGoOutFrom, type Owed, type RiskSettings, riskWarningsAhead, standing, stillToAccept, waitsForCallIn, waitsToBeConsidered,
} from '@concordat/agreement/core';
import { addDays, type CivilDate } from '@concordat/platform/core';
import { whoseSignOff } from './whose-sign-off.js';
import { type DayKind, dayKinds, type Work } from './work-kind.js';

/** So long before something is due whoever sees to it is told. */
const noticeDays = 14;

const onDay = (kind: DayKind, key: string, subject: string, from: CivilDate, due: CivilDate): Work => ({ kind, key, subject, askedBy: null, count: 1, from, dueOn: due });
/** It waits from two weeks before it is due. */
const before = (kind: DayKind, key: string, subject: string, due: CivilDate): Work => onDay(kind, key, subject, addDays(due, -noticeDays), due);

/** What comes with a day, whether anything happens in the agreement or not. A promise is kept, and what is planned goes out, whatever becomes of the agreement; an effect is seen also once it closed. */
export function dayWork(agreement: Agreement, owed: Owed, settings: RiskSettings, today: CivilDate): readonly Work[] {
  const { commitments, held, lifecycle } = agreement;
  const promised = commitments
    .filter((made) => ['open', 'overdue'].includes(commitmentStands(made, today)))
    .map(({ id, by }) => before('commitment', 'involvement.manage', id, by));
  const going = agreement.publications.flatMap((one) => {
    const from = mayGoOutFrom(agreement, one);
    return from === undefined ? [] : [onDay('publication', 'publication.manage', one.publication, from, from)];
  });
  const anyway = [...promised, ...going];
  if (lifecycle === 'held') return held?.until ? [...anyway, onDay('held', 'agreement.move', '', held.until, held.until)] : anyway;
  if (lifecycle === 'closed') return [...anyway, ...effectWork(agreement)];
  if (lifecycle !== 'open') return anyway;
  return [...anyway, ...lawWork(agreement, owed), ...deliveryWork(agreement), ...signOffWork(agreement, today), ...riskDays(agreement, settings)];
}

/** Clocks of the law, and days that a gate opened on. */
function lawWork({ waivers, stage, consultations }: Agreement, { notices, conditions }: Owed): readonly Work[] {
  return [
    ...notices.map(({ notice, dueOn: due }) => before('notice', 'award.make', notice, due)),
    ...conditions.flatMap((condition) => {
      const due = dueOn(condition);
      return due === undefined ? [] : [before('gate-condition', 'agreement.move', condition.id, due)];
    }),
    // In force at the gate that is next.
    ...waivers.filter((waiver) => waiver.answer.is === 'waived' && waiver.stage === stage).map(({ id, expiresOn }) => before('waiver-expires', 'agreement.move', id, expiresOn)),
    ...consultations.filter(waitsToBeConsidered).map(({ consultation, closesOn }) => onDay('consultation', 'agreement.edit', consultation, addDays(closesOn, 1), addDays(closesOn, 1))),
  ];
}

/** It waits for whoever manages the agreement, and for the provider who owes it. */
function bySides(kind: 'obligation' | 'improvement' | 'staff-information', provider: string | undefined, subject: string, due: CivilDate): readonly Work[] {
  return [before(kind, 'delivery.manage', subject, due), ...(provider === undefined ? [] : [before(`own-${kind}`, `delivery.report:${provider}`, subject, due)])];
}

function deliveryWork(agreement: Agreement): readonly Work[] {
  const { delivery, reviews, expiries, staffTransfer, variations } = agreement;
  return [
    ...delivery.obligations.flatMap((obligation) => {
      const due = dueNext(agreement, obligation);
      return due === null ? [] : bySides('obligation', obligation.provider ?? leading(agreement), obligation.obligation, due);
    }),
    ...agreement.qualityVisits.flatMap(({ provider, improvements }) => improvements.filter(({ shown }) => shown === null).flatMap(({ improvement, dueOn: due }) => bySides('improvement', provider, improvement, due))),
    ...lastVisits(agreement).flatMap(({ visit, nextBy }) => (nextBy === null ? [] : [before('quality-visit', 'delivery.manage', visit, nextBy)])),
    ...delivery.cycles.filter(({ endedOn }) => endedOn === null).map(({ cycle, period }) => before('cycle', 'delivery.manage', cycle, period.endsOn)),
    ...reviews.actions.filter(({ done }) => done === null).map(({ action, owner, dueOn: due }) => before('action', `person:${owner}`, action, due)),
    ...(staffTransfer === null || staffTransfer.given !== null ? [] : bySides('staff-information', leading(agreement), '', staffTransfer.informationBy)),
    ...expiries.map(({ expiry, endsOn }) => onDay('expiry', 'delivery.manage', expiry, addDays(endsOn, -expiryNoticeDays), endsOn)),
    // Nothing is extended by itself: what was agreed is carried out by somebody, from the day it is in force.
    ...variations.filter((one) => stillToAccept(agreement, one).length === 0).flatMap(({ variation, decided, carriedOut }) => (decided?.outcome === 'agreed' && decided.second.is !== 'awaited' && !waitsForCallIn(decided) && !carriedOut ? [onDay('variation-agreed', 'delivery.manage', variation, countsFrom(decided), countsFrom(decided))] : [])),
    ...effectWork(agreement),
  ];
}

/** An effect is measured from the day on which it can be seen, which may come after the agreement closed. */
function effectWork({ outcomes }: Agreement): readonly Work[] {
  return outcomes.flatMap(({ links }) => links).filter(({ visibleFrom, measurements }) => !measurements.some(({ on }) => on >= visibleFrom))
    .map(({ link, visibleFrom }) => onDay('effect', 'delivery.manage', link, visibleFrom, visibleFrom));
}

/** A sign-off that holds and ends on a day is renewed by whoever gives it, unless it was asked for anew. */
function signOffWork(agreement: Agreement, today: CivilDate): readonly Work[] {
  const { signOffs } = agreement;
  return signOffs.flatMap((signOff, at) => {
    const { answer, kind, discipline } = signOff;
    const anew = signOffs.slice(at + 1).some((later) => later.kind === kind && later.discipline === discipline);
    const holds = ['granted', 'granted-with-conditions'].includes(standing(agreement, signOff, today));
    return answer.is === 'granted' && answer.expiresOn !== null && holds && !anew ? [before('lapse', whoseSignOff(agreement, signOff), signOff.id, answer.expiresOn)] : [];
  });
}

/** What a person answers for waits for them, and what is to be seen from above for a role. */
function riskDays(agreement: Agreement, settings: RiskSettings): readonly Work[] {
  return [
    ...riskWarningsAhead(agreement, settings).map(({ kind, about, from, dueOn: due, falls }): Work => ({
      kind, subject: about, key: falls.to === 'person' ? `person:${falls.person}` : `role:${falls.role}`, askedBy: null, count: 1, from, dueOn: due ?? ((dayKinds as readonly string[]).includes(kind) ? from : null),
    })),
    ...controlsInUse(agreement).map((control) => before('control-ages', `person:${control.owner}`, control.id, agesOn(agreement, control))),
  ];
}
