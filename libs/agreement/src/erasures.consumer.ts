import type { Vault } from '@concordat/access';
import type { Consumer } from '@concordat/journal';

const prefix = 'participant-';

/**
 * Destroys the key of whoever was erased: what was sealed near them can be read nowhere any more. Doing it again destroys
 * nothing else, and it cannot be taken back, so there is nothing to rebuild.
 */
export function erasuresConsumer(vault: Vault): Consumer {
  return {
    name: 'agreement.erasures',
    types: ['concordat.participant.erased.v1'],
    async handle(_, tenant, events) {
      for (const { stream } of events) await vault.destroyKey(tenant, stream.slice(prefix.length));
    },
  };
}
