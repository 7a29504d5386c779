import { above, type Agreement, agreementEventTypes, agreementFold, partiesStill } from '@concordat/agreement/core';
import type { Consumer, Journal } from '@concordat/journal';
import { type AgreementRow, writeLeft, writeRows } from './agreement-list.store.js';

const prefix = 'agreement-';

/** With these a sourcing is over for parties, or is not any more. */
const comesAndGoes: ReadonlySet<string> = new Set(['awarded', 'lots-awarded', 'provider-invited', 'incumbent-recorded', 'gone-on'].map((fact) => `concordat.agreement.${fact}.v1`));

/**
 * Keeps one row an agreement, and one as it stood when it was over for those who were not awarded it. It folds the stream as it stands,
 * so a row may be ahead of the cursor but never behind it.
 */
export function agreementListConsumer(journal: Journal): Consumer {
  return {
    name: 'register.agreements',
    types: agreementEventTypes,
    async handle(tx, tenant, events) {
      const about = events.filter(({ stream }) => stream.startsWith(prefix));
      const touched = new Map(about.map((event) => [event.stream, event]));
      const states = await journal.load(tenant, [...touched.keys()]);
      await writeRows(tx, tenant, [...touched].map(([stream, last]) => {
        const { state, version } = states.of(agreementFold, stream);
        return rowOf(state, version, partiesStill(state.award), last.recordedAt);
      }));

      const moved = [...new Set(about.filter(({ type }) => comesAndGoes.has(type)).map(({ stream }) => stream))];
      if (moved.length === 0) return;
      const left: AgreementRow[] = [];
      for (const stream of moved) {
        const over = Object.entries(states.of(agreementFold, stream).state.award.left);
        for (const version of new Set(over.map(([, at]) => at))) {
          const then = (await journal.loadAtVersion(tenant, stream, version)).of(agreementFold);
          left.push(rowOf(then, version, over.filter(([, at]) => at === version).map(([party]) => party), enteredLast(then)));
        }
      }
      await writeLeft(tx, tenant, moved.map((stream) => stream.slice(prefix.length)), left);
    },
  };
}

// What parties see of it changed when it last left a stage, by the very award.
const enteredLast = ({ stages, openedAt }: Agreement): string =>
  Object.values(stages).flatMap(({ enteredAt, leftAt }) => [enteredAt, leftAt]).reduce<string>((last, at) => (at !== null && at > last ? at : last), openedAt);

function rowOf(state: Agreement, version: number, parties: readonly string[], changedAt: string): AgreementRow {
  return {
    id: state.id,
    version,
    title: state.title,
    reference: state.facts.reference?.value ?? null,
    kind: state.kind,
    parent: above(state)?.agreement ?? null,
    tier: state.tier,
    pathway: `${state.pathway.id}@${state.pathway.version}`,
    route: state.route.id,
    stage: state.stage,
    lifecycle: state.lifecycle,
    parties,
    startsOn: state.facts['contract-period']?.value.startsOn ?? null,
    endsOn: state.facts['contract-period']?.value.endsOn ?? null,
    openedAt: state.openedAt,
    changedAt,
  };
}
