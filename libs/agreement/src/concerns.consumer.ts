import type { Vault } from '@concordat/access';
import type { Consumer } from '@concordat/journal';

/**
 * Destroys the key of every concern that was passed on: its words can be read here no more. Doing it again destroys nothing
 * else, and it cannot be taken back, so there is nothing to rebuild.
 */
export function concernsConsumer(vault: Vault): Consumer {
  return {
    name: 'agreement.concerns',
    types: ['concordat.agreement.concern-passed-on.v1'],
    async handle(_, tenant, events) {
      for (const { data } of events) await vault.destroyKey(tenant, (data as { readonly concern: string }).concern);
    },
  };
}
