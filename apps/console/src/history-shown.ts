import { type Agreement, agreementFold, initialAgreement } from '@concordat/agreement/core';
import type { RecordedEvent } from '@concordat/journal/core';
import { happeningShown } from './outlook.js';
import type { Named } from './names.js';
import { commandWords } from './words/en.js';
import { labelOf, timeOf } from './words/say.js';

type Members = Readonly<Record<string, unknown>>;

/** What happened, newest last, each with who, when, why, and for what was overwritten how it stood before. */
export function historyShown(events: readonly RecordedEvent[], from: number, named: Named) {
  let agreement: Agreement = initialAgreement;
  return events.flatMap((event) => {
    const before = agreement;
    agreement = agreementFold.evolve(agreement, event as never);
    if (event.version <= from) return [];
    const { title, about, rows } = happeningShown(event, named);
    const { actor, command } = event.meta;
    return [
      {
        version: event.version,
        title,
        about,
        reason: textOf(event.data as Members, 'reason'),
        rows: rows.filter(({ label }) => label !== labelOf(undefined, 'reason')),
        changes: changesOf(before, event, named),
        who: named.of(actor),
        by: (commandWords as Readonly<Record<string, { readonly title: string } | undefined>>)[command]?.title ?? command,
        at: timeOf(event.recordedAt),
        moment: event.recordedAt,
      },
    ];
  });
}

function textOf(data: Members, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' ? value : undefined;
}

/** Each member that an event overwrote, before and after. */
function changesOf(before: Agreement, { type, data }: RecordedEvent, named: Named) {
  const members = data as Members;
  const [was, is, path] = overwritten(before, type, members);
  return Object.entries(is).flatMap(([name, now]) => {
    const then = was[name];
    if (then === undefined || JSON.stringify(then) === JSON.stringify(now)) return [];
    return [{ label: labelOf(undefined, `${path}${name}`), before: named.said(then, `${path}${name}`), after: named.said(now, `${path}${name}`) }];
  });
}

function overwritten(before: Agreement, type: string, data: Members): readonly [Members, Members, string] {
  const id = data['risk'];
  switch (type) {
    case 'concordat.agreement.facts-amended.v1':
      return [Object.fromEntries(Object.entries(before.facts).map(([name, fact]) => [name, fact?.value])), data['facts'] as Members, 'facts.'];
    case 'concordat.agreement.involvement-planned.v1':
      return [(before.involvement.plans[String(data['stage'])] ?? {}) as Members, data, ''];
    case 'concordat.agreement.risk-rescored.v1':
      return [(before.risk.find((risk) => risk.id === id)?.scores ?? {}) as Members, data['scores'] as Members, 'scores.'];
    case 'concordat.agreement.risk-reviewed.v1':
      return [(before.risk.find((risk) => risk.id === id)?.levels ?? {}) as Members, data['levels'] as Members, 'levels.'];
    case 'concordat.agreement.what-people-do-recorded.v1':
      return [(before.activitiesOfPeople.find(({ activity }) => activity === data['activity']) ?? {}) as unknown as Members, data, ''];
    default:
      return [{}, {}, ''];
  }
}
