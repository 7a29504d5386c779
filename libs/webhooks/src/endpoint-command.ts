import type { Asked } from '@concordat/access';
import type { DisablingReason } from './core/index.js';

/** What may be asked of a provider's endpoints. Ids of new things are made from the command's id. */
export type EndpointRequest =
  | { readonly name: 'register-endpoint'; readonly provider: string; readonly url: string; readonly ordered: boolean }
  | { readonly name: 'rotate-secret'; readonly endpoint: string; readonly overlapHours: number }
  | { readonly name: 'disable-endpoint'; readonly endpoint: string; readonly reason: DisablingReason }
  | { readonly name: 'enable-endpoint'; readonly endpoint: string }
  | { readonly name: 'test-endpoint'; readonly endpoint: string };

/** The one message about endpoints on the CommandBus. */
export class EndpointCommand {
  constructor(
    readonly request: EndpointRequest,
    readonly asked: Asked,
  ) {}
}
