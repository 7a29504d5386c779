import type { Agreements } from '@concordat/agreement';
import { type Agreement, agreementFold, asItHappened, type BroughtOver, commandNames, initialAgreement, whoIsNotSaid } from '@concordat/agreement/core';
import type { RecordedEvent } from '@concordat/journal/core';
import { changesIn } from './history-changes.js';
import { happeningShown } from './outlook.js';
import type { Named } from './names.js';
import { commandWords } from './words/en.js';
import { labelOf, timeOf } from './words/say.js';

type Members = Readonly<Record<string, unknown>>;

/** From the first event: what was overwritten is only known by folding up to it. */
export async function eventsUpTo(agreements: Agreements, tenant: string, id: string, upTo: number): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  while (events.length < upTo) {
    const more = await agreements.history(tenant, id, events.length, Math.min(500, upTo - events.length));
    if (more.length === 0) break;
    events.push(...more);
  }
  return events;
}

/** What happened, newest last, each with who, when, why, and for what it changed how that stood before and stands after it. */
export function historyShown(events: readonly RecordedEvent[], from: number, named: Named, read: (event: RecordedEvent) => RecordedEvent) {
  let agreement: Agreement = initialAgreement;
  return events.flatMap((recorded) => {
    const before = agreement;
    agreement = agreementFold.evolve(agreement, recorded as never);
    // What came along from another organisation stands here as it happened there.
    const event = asItHappened(recorded);
    const there = happenedIn(recorded, agreement);
    if (event.version <= from) return [];
    const readable = asItHappened(read(recorded));
    const { actor, command } = readable.meta;
    const who = actor === whoIsNotSaid ? 'Who is not said, for it is a concern' : named.of(actor);
    const { title, about, rows } = happeningShown(readable, named, commandNames.find((name) => name === command));
    return [
      {
        version: event.version,
        title,
        about,
        reason: textOf(event.data as Members, 'reason'),
        rows: rows.filter(({ label }) => label !== labelOf(undefined, 'reason')),
        changes: changesIn(before, agreement, event).map((change) => ({ label: labelOf(undefined, change.name), before: named.said(change.before, change.name), after: named.said(change.after, change.name) })),
        who: there === undefined ? who : `${who} (${there})`,
        by: (commandWords as Readonly<Record<string, { readonly title: string } | undefined>>)[command]?.title ?? command,
        at: timeOf(event.recordedAt),
        moment: event.recordedAt,
      },
    ];
  });
}

/** The organisation in which it happened first; undefined where that is this one. */
function happenedIn({ type, data }: Pick<RecordedEvent, 'type' | 'data'>, agreement: Agreement, depth = 0): string | undefined {
  if (type !== 'concordat.agreement.brought-over.v1') return agreement.transfer.came[depth - 1]?.from.name;
  return happenedIn(data as unknown as BroughtOver, agreement, depth + 1);
}

function textOf(data: Members, name: string): string | undefined {
  const value = data[name];
  return typeof value === 'string' ? value : undefined;
}
