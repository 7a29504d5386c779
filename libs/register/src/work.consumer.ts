import { personStream } from '@concordat/access/core';
import { besidesAtGate, contextOf, documentsFor, ownRulesFrom, ownRuleStreams, personsFrom } from '@concordat/agreement';
import { agreementEventTypes, agreementFold, asItHappened, check, knownToday, owedBy, signersOf, wasGiven } from '@concordat/agreement/core';
import type { Consumer, Journal } from '@concordat/journal';
import type { RecordedEvent } from '@concordat/journal/core';
import type { OwnPathways } from '@concordat/pathway';
import { londonDay, type Tx } from '@concordat/platform';
import { answeringIn, dayKinds, type KeptKind, type Ruled, whoseStill, workBegins, workIn } from './core/index.js';
import { waiversGiven } from './waiver-count.consumer.js';
import { thirdWaivers, writeWaivers } from './waiver-count.store.js';
import { readAgreementsOf, writePeople, writeWork } from './work.store.js';

const prefix = 'agreement-';
/** What changes of a person whether something rests on them, or waits for them. */
const ofPeople: readonly string[] = [
  'concordat.person.identities-linked.v1', 'concordat.person.identities-unlinked.v1', 'concordat.person.disabled.v1', 'concordat.person.enabled.v1', 'concordat.person.role-granted.v1', 'concordat.person.role-withdrawn.v1',
];
/** So many are looked at together, also where somebody stood for something in thousands. */
const mostTogether = 100;
const nothingRuled: Ruled = { checklist: [], notices: [], conditions: [], dues: [], signOffs: [], readyToDecide: [] };
const nobody = { kind: 'system', name: 'register' } as const;

/** The name of the consumer, for whoever waits until it has caught up. */
export const workName = 'register.work';

/**
 * Keeps what waits for whom, and what will from a day that lies ahead. It folds each stream as it stands; since when something waits is the time of the last event
 * with which its kind begins, and whoever signed is known under the ids they have then: once two are found to be one person, or somebody comes or goes, whatever rests on them is looked at again. The day a gate is looked at is the day of the agreement's last event: whoever lists a gate
 * looks at it again.
 */
export function workConsumer(journal: Journal, ownPathways: OwnPathways): Consumer {
  /** Looks at these agreements, each as of a moment. */
  const lookAt = async (tx: Tx, tenant: string, touched: ReadonlyMap<string, string>, events: readonly RecordedEvent[]): Promise<void> => {
    const states = await journal.load(tenant, [...touched.keys(), ...ownRuleStreams]);
    const own = ownRulesFrom(states);
    const peopleIn = new Map([...touched.keys()].map((stream) => {
      const { state } = states.of(agreementFold, stream);
      return [stream, [...new Set([...signersOf(state), ...answeringIn(state)])]];
    }));
    const people = [...new Set([...peopleIn.values()].flat())];
    const persons = people.length === 0 ? {} : personsFrom(await journal.load(tenant, people), people);
    const idsIn = (stream: string) => (peopleIn.get(stream) ?? []).map((person) => person.slice(personStream('').length)).filter((id) => persons[id]?.registered === true);
    await writePeople(tx, tenant, [...touched.keys()].flatMap((stream) => idsIn(stream).map((person) => ({ person, agreement: stream.slice(prefix.length) }))));
    const waived = [...touched.keys()].flatMap((stream) => states.of(agreementFold, stream).state.waivers.filter(wasGiven).map(({ id }) => id));
    const third = await thirdWaivers(tx, tenant, waived);
    for (const stream of touched.keys()) await ownPathways.know(tenant, states.of(agreementFold, stream).state.pathway);
    await writeWork(
      tx,
      tenant,
      await Promise.all([...touched].map(async ([stream, lastAt]) => {
        const agreement = knownToday(states.of(agreementFold, stream).state, persons);
        const documents = documentsFor(tenant, agreement);
        const at = new Date(lastAt);
        const context = 'refusals' in documents ? undefined : contextOf(tenant, documents, own, nobody, at, await besidesAtGate(journal, tenant, agreement, documents));
        const ruled: Ruled = context === undefined ? nothingRuled : { checklist: check(agreement, context), ...owedBy(agreement, context) };
        // Without its documents nothing can be said of its gate, and a gate that nobody can look at is nobody's work.
        const all = whoseStill(workIn(agreement, ruled, own.riskSettings, londonDay(at), third), persons).filter(({ kind }) => kind !== 'gate' || context !== undefined);
        return {
          agreement: stream.slice(prefix.length),
          at: lastAt,
          work: all.map((one) => ({ ...one, begun: one.from === null ? begunIn(events.map(asItHappened), stream, one.kind, one.subject) : `${one.from}T00:00:00Z` })),
        };
      })),
    );
  };

  return {
    name: workName,
    types: [...agreementEventTypes, ...ofPeople],
    async handle(tx, tenant, events) {
      // Written here too, whichever consumer reads the event first: the count must know it.
      await writeWaivers(tx, tenant, waiversGiven(events));
      const changed = events.filter(({ type }) => ofPeople.includes(type));
      const resting = await readAgreementsOf(tx, tenant, changed.map(({ stream }) => stream.slice(personStream('').length)));
      const touched = new Map([
        ...resting.map((agreement): [string, string] => [`${prefix}${agreement}`, changed.at(-1)?.recordedAt ?? '']),
        ...events.filter(({ stream }) => stream.startsWith(prefix)).map(({ stream, recordedAt }): [string, string] => [stream, recordedAt]),
      ]);
      const all = [...touched];
      for (let from = 0; from < all.length; from += mostTogether) await lookAt(tx, tenant, new Map(all.slice(from, from + mostTogether)), events);
    },
  };
}

const comesWithADay = (kind: KeptKind): kind is (typeof dayKinds)[number] => (dayKinds as readonly KeptKind[]).includes(kind);

function begunIn(events: readonly RecordedEvent[], stream: string, kind: KeptKind, subject: string): string | null {
  if (comesWithADay(kind)) return null;
  const { types, subject: member } = workBegins[kind];
  const begins = (event: RecordedEvent) =>
    event.stream === stream &&
    (types as readonly string[]).includes(event.type) &&
    (member === undefined || (event.data as Readonly<Record<string, unknown>>)[member] === subject);
  return events.findLast(begins)?.recordedAt ?? null;
}
