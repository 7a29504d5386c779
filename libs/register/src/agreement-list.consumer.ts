import { agreementEventTypes, agreementFold } from '@concordat/agreement/core';
import type { Consumer, Journal } from '@concordat/journal';
import { type AgreementRow, writeRows } from './agreement-list.store.js';

const prefix = 'agreement-';

/** Keeps one row an agreement. It folds the stream as it stands, so a row may be ahead of the cursor but never behind it. */
export function agreementListConsumer(journal: Journal): Consumer {
  return {
    name: 'register.agreements',
    types: agreementEventTypes,
    async handle(tx, tenant, events) {
      const touched = new Map(events.filter(({ stream }) => stream.startsWith(prefix)).map((event) => [event.stream, event]));
      const states = await journal.load(tenant, [...touched.keys()]);
      const rows: AgreementRow[] = [...touched].map(([stream, last]) => {
        const { state, version } = states.of(agreementFold, stream);
        return {
          id: stream.slice(prefix.length),
          version,
          title: state.title,
          reference: state.facts.reference?.value ?? null,
          kind: state.kind,
          parent: state.tree.parent?.agreement ?? null,
          tier: state.tier,
          pathway: `${state.pathway.id}@${state.pathway.version}`,
          route: state.route.id,
          stage: state.stage,
          lifecycle: state.lifecycle,
          parties: Object.keys(state.award.parties),
          startsOn: state.facts['contract-period']?.value.startsOn ?? null,
          endsOn: state.facts['contract-period']?.value.endsOn ?? null,
          openedAt: state.openedAt,
          changedAt: last.recordedAt,
        };
      });
      await writeRows(tx, tenant, rows);
    },
  };
}
