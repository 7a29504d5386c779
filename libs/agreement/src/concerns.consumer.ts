import type { Vault } from '@concordat/access';
import type { Consumer, Journal } from '@concordat/journal';
import { answersAlone, wordsOf } from './answers-alone.js';
import { concernWords } from './concern-words.js';
import { asItHappened } from './core/index.js';

const passedOn = 'concordat.agreement.concern-passed-on.v1';

/**
 * Destroys the words of every concern that was passed on, so that they can be read here no more: the concern's own key, or where it was
 * first taken for something else that one text of its author's, and what was answered to it. Doing it again destroys nothing else, and it cannot be taken back,
 * so there is nothing to rebuild.
 */
export function concernsConsumer(journal: Journal, vault: Vault): Consumer {
  return {
    name: 'agreement.concerns',
    types: [passedOn, 'concordat.agreement.brought-over.v1'],
    async handle(_, tenant, events) {
      for (const { stream, type, data } of events.map(asItHappened)) {
        if (type !== passedOn) continue;
        const { concern } = data as { readonly concern: string };
        const [agreement, its] = [stream.slice('agreement-'.length), new Set([concern])];
        const words = (await concernWords(journal, tenant, agreement, its)).get(concern);
        if (words === undefined || words.subject === concern) await vault.destroyKey(tenant, concern);
        else for (const text of [words, ...wordsOf(await answersAlone(journal, tenant, agreement, its))]) await vault.destroyText(tenant, text);
      }
    },
  };
}
