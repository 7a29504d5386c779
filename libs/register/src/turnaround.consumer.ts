import { agreementFold, asItHappened, type Events, type SignOff, tally } from '@concordat/agreement/core';
import type { Consumer, Journal } from '@concordat/journal';
import { clearTurnaround, writeTurnaround } from './turnaround.store.js';

const prefix = 'agreement-';
const requested = 'concordat.agreement.sign-off-requested.v1';
const signed = 'concordat.agreement.signed-off.v1';
const seconded = 'concordat.agreement.sign-off-seconded.v1';

/** The name of the consumer, for whoever waits until it has caught up. */
export const turnaroundName = 'register.turnaround';

/** Is it not answered, or was it not when it was withdrawn? */
const stillWaited = ({ answer, panel, voices }: SignOff): boolean =>
  answer.is === 'awaited' || (answer.is === 'withdrawn' && tally(panel, voices) === 'awaited') || (answer.is !== 'refused' && voices.some(({ second }) => second.is === 'awaited'));

/** Keeps when each sign-off was asked for, and when it was answered: of several people with the last word it took, and where a second person reads it, once they did. */
export function turnaroundConsumer(journal: Journal): Consumer {
  return {
    name: turnaroundName,
    types: [requested, signed, seconded, 'concordat.agreement.brought-over.v1'],
    async handle(tx, tenant, events) {
      const happened = events.map(asItHappened).filter(({ stream }) => stream.startsWith(prefix));
      const states = await journal.load(tenant, [...new Set(happened.map(({ stream }) => stream))]);
      const asked = happened.flatMap(({ stream, type, data, recordedAt }) => {
        if (type !== requested) return [];
        const { signOff, kind, discipline } = data as unknown as Events[typeof requested];
        return [{ agreement: stream.slice(prefix.length), signOff, kind, discipline, askedAt: recordedAt }];
      });
      // The last word of each, in the order they came.
      const spoken = new Map(happened.flatMap(({ stream, type, data, recordedAt }) => {
        if (type !== signed && type !== seconded) return [];
        const { signOff: id } = data as unknown as Events[typeof signed];
        const found = states.of(agreementFold, stream).state.signOffs.find((signOff) => signOff.id === id);
        const waits = found === undefined || stillWaited(found);
        return [[`${stream} ${id}`, { agreement: stream.slice(prefix.length), signOff: id, answeredAt: waits ? null : recordedAt, read: type === seconded }]];
      }));
      await writeTurnaround(tx, tenant, asked, [...spoken.values()]);
    },
    clear: clearTurnaround,
  };
}
