import type { Vault } from '@concordat/access';
import type { Consumer, Journal } from '@concordat/journal';
import { concernWords } from './concern-words.js';
import { asItHappened } from './core/index.js';

const passedOn = 'concordat.agreement.concern-passed-on.v1';

/**
 * Destroys the words of every concern that was passed on, so that they can be read here no more: the concern's own key, or where it was
 * first taken for something else that one text of its author's. Doing it again destroys nothing else, and it cannot be taken back,
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
        const words = (await concernWords(journal, tenant, stream.slice('agreement-'.length), new Set([concern]))).get(concern);
        await (words === undefined || words.subject === concern ? vault.destroyKey(tenant, concern) : vault.destroyText(tenant, words));
      }
    },
  };
}
