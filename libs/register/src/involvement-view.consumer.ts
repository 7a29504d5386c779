import { achieved, activitiesIn, type Agreement, agreementEventTypes, agreementFold, daysOf, heldAgainst, lastDayOf, peopleOf, plainWords } from '@concordat/agreement/core';
import type { Consumer, Journal } from '@concordat/journal';
import { type OwnPathways, pathways } from '@concordat/pathway';
import { type Asked, clearInvolvement, type StageOfInvolvement, type TookPart, writeInvolvement } from './involvement-view.store.js';

const prefix = 'agreement-';

/** The name of the consumer, for whoever waits until it has caught up. */
export const involvementName = 'register.involvement';

/** Keeps Say and Do of every stage, who took part where, and what was asked. It folds each stream as it stands. */
export function involvementConsumer(journal: Journal, ownPathways: OwnPathways): Consumer {
  return {
    name: involvementName,
    types: agreementEventTypes,
    async handle(tx, tenant, events) {
      const streams = [...new Set(events.map(({ stream }) => stream).filter((stream) => stream.startsWith(prefix)))];
      const states = await journal.load(tenant, streams);
      const agreements = streams.map((stream) => states.of(agreementFold, stream));
      for (const { state } of agreements) await ownPathways.know(tenant, state.pathway);
      await writeInvolvement(tx, tenant, streams.map((stream) => stream.slice(prefix.length)), {
        stages: agreements.flatMap(({ state, version }) => stagesOf(state, version)),
        tookPart: agreements.flatMap(({ state }) => tookPartIn(state)),
        asked: agreements.flatMap(({ state }) => askedIn(state)),
      });
    },
    clear: clearInvolvement,
  };
}

const whereAndWhat = ({ facts }: Agreement) => {
  const [place, theme] = [facts.place?.value ?? null, facts.theme?.value ?? null];
  return { place, theme, placeKey: place === null ? null : plainWords(place), themeKey: theme === null ? null : plainWords(theme) };
};

function stagesOf(agreement: Agreement, version: number): readonly StageOfInvolvement[] {
  const { id, lifecycle, stage: current, stages } = agreement;
  const pathway = pathways.find(agreement.pathway.id, agreement.pathway.version);
  return (pathway?.stages ?? []).flatMap(({ id: stage }, at) => {
    const passage = stages[stage];
    // Of a stage that is only ahead there is nothing to look at.
    if (passage === undefined || passage.enteredAt === null) return [];
    const reached = achieved(agreement, stage);
    const plan = heldAgainst(agreement, stage);
    return [{
      agreement: id, stage, version, order: at + 1, open: lifecycle === 'open', here: stage === current && lifecycle === 'open',
      ...whereAndWhat(agreement),
      sayPlanned: plan?.say ?? null, doPlanned: plan?.do ?? null, say: reached.say, do: reached.do, confirmed: reached.confirmed,
      people: new Set(activitiesIn(agreement, stage).flatMap((activity) => peopleOf(activity))).size,
      enteredAt: passage.enteredAt, leftAt: passage.leftAt,
    }];
  });
}

function tookPartIn(agreement: Agreement): readonly TookPart[] {
  const last = new Map<string, string>();
  for (const { participant, on } of daysOf(agreement, agreement.involvement.activities.filter(({ voided }) => !voided))) {
    if (on > (last.get(participant) ?? '')) last.set(participant, on);
  }
  return [...last].map(([participant, lastOn]) => ({ agreement: agreement.id, participant, lastOn }));
}

function askedIn(agreement: Agreement): readonly Asked[] {
  const { placeKey, themeKey } = whereAndWhat(agreement);
  return agreement.involvement.activities.flatMap((activity) => {
    const lastOn = lastDayOf(agreement, [activity]);
    if (activity.voided || lastOn === undefined) return [];
    const { id, stage, title, groups } = activity;
    return [{ agreement: agreement.id, activity: id, stage, title, groups, people: peopleOf(activity).length, lastOn, placeKey, themeKey }];
  });
}
