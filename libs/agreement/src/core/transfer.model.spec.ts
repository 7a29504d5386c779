import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { initialAgreement } from './agreement.js';
import { begins } from './bringing-over.js';
import { type AgreementEvent, agreementStream } from './event.js';
import { evolve } from './evolve.js';
import { agreementId, id, people } from './given.js';
import { history, pathway } from './given-histories.js';
import { live, type Step } from './given-running.js';
import type { BroughtOver } from './transfer.js';

// What holds of every history that comes along to a successor.

const northshire = { tenant: id(502), slug: 'northshire', name: 'Northshire' };

/** The record as it is lent. */
const recordOf = (events: readonly Pick<Step, 'event' | 'who' | 'before'>[]): readonly BroughtOver[] =>
  events.map(({ event, who, before }, at) => ({
    id: id(3000 + at), type: event.type, data: event.data as never, meta: { actor: people[who], command: 'spec', commandId: id(0), correlationId: id(0) }, recordedAt: `${before.today}T09:00:00.000000Z`, version: at + 1, position: (at + 1) * 10, hash: `${at}`,
  }));
const foldOf = (events: readonly AgreementEvent[]) =>
  events.filter(({ stream }) => stream === agreementStream(agreementId)).reduce(
    (agreement, event, at) => evolve(agreement, { ...event, recordedAt: '2026-06-02T09:00:00.000000Z', version: at + 1, meta: { actor: 'system:transfer', command: 'bring-over', commandId: id(0), correlationId: id(0) } } as never),
    initialAgreement,
  );

test('whatever happened to an agreement, it is the same agreement where it goes on', () => {
  fc.assert(
    fc.property(pathway, history, (follows, moves) => {
      const steps = live(follows, moves).filter(({ event }) => event.stream === agreementStream(agreementId));
      const agreement = steps.at(-1)?.after.agreement;
      fc.pre(agreement !== undefined);
      const events = begins(
        { is: 'accepted', from: northshire, basis: 'x', on: '2026-06-02', version: steps.length, position: steps.length * 10, hash: '', providers: [], people: [] }, people.colleague, { agreement: agreement!, record: recordOf(steps), digest: '', participants: {} },
        {},
        (text) => `sha256(${text})`,
      );
      const { transfer, award, publications, ...arrived } = foldOf(events);
      const { transfer: _, award: { left: __, ...awarded }, publications: ___, ...before } = agreement!;
      expect(JSON.parse(JSON.stringify({ ...arrived, award: { ...award, left: undefined } }))).toEqual(JSON.parse(JSON.stringify({ ...before, award: awarded })));
      // What names a version of its own stream names the one it has here, behind the first event.
      expect(award.left).toEqual(Object.fromEntries(Object.entries(agreement!.award.left).map(([party, at]) => [party, at + 1])));
      expect(publications.map(({ published }) => published?.version)).toEqual(agreement!.publications.map(({ published }) => (published === null ? undefined : published.version + 1)));
      expect(transfer).toMatchObject({ offer: null, went: null, came: [{ from: northshire, renames: [] }] });
    }),
    { numRuns: 80 },
  );
});
