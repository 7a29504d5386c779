import { CommandDesk, type Commanded } from '@concordat/access';
import { initialProvider, providerFold, providerStream } from '@concordat/access/core';
import type { Receipt, StreamStates } from '@concordat/journal';
import type { Refusal } from '@concordat/journal/core';
import { concordatNamespace, correlationId, Database, Sealing, uuidv5 } from '@concordat/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AddressGuard } from './address.js';
import {
  decideEndpoint,
  type EndpointCommandBody,
  type EndpointDecisionEvent,
  endpointFold,
  endpointListFold,
  endpointListStream,
  endpointStream,
  initialEndpointList,
} from './core/index.js';
import { EndpointCommand, type EndpointRequest } from './endpoint-command.js';
import { disableNow, keepSecret } from './endpoint.store.js';
import { associatedOf } from './secret.js';
import { newSecret } from './signature.js';

/** What came of a command on an endpoint. Everything a caller must tell apart is a member; only faults are exceptions. */
export type EndpointOutcome =
  | {
      readonly outcome: 'recorded';
      readonly receipt: Receipt;
      readonly repeated: boolean;
      readonly endpoint: string;
      /** The signing secret in the clear, this one time; `alreadyShown` when the command is repeated; null where none was made. */
      readonly secret: { readonly shown: string } | { readonly alreadyShown: true } | null;
    }
  | { readonly outcome: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly outcome: 'key-reused' }
  | { readonly outcome: 'precondition-failed'; readonly version: number }
  | { readonly outcome: 'conflict' };

/** Takes a command on an endpoint to its decision and the journal. A secret is sealed before the event that names its key. */
@CommandHandler(EndpointCommand)
export class EndpointHandler implements ICommandHandler<EndpointCommand, EndpointOutcome> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly database: Database,
    private readonly sealing: Sealing,
    private readonly guard: AddressGuard,
  ) {}

  async execute({ request, asked }: EndpointCommand): Promise<EndpointOutcome> {
    const command = commandOf(request, asked.commandId);
    const { endpoint } = command;
    const urlRefused = command.name === 'register-endpoint' ? this.guard.refusal(command.url) : null;
    const commanded: Commanded<EndpointDecisionEvent> = {
      name: command.name,
      stream: endpointStream(endpoint),
      besides: besides(command),
      decide: (loaded, by, today) => decideEndpoint({ ...statesOf(loaded, command), by }, command, { actor: asked.actor, today, urlRefused }),
      created: { endpoint },
    };
    const makesKey = 'key' in command;
    const refused = makesKey ? await this.desk.refused(commanded, asked) : undefined;
    if (refused !== undefined) return refused;
    // A reply lost and the command sent again finds the secret of the first time: the key's id comes from the command's.
    const secret = makesKey ? await this.keepSecret(asked.tenant, endpoint, command.key) : null;
    const outcome = await this.desk.record(commanded, asked);
    if (outcome.outcome !== 'recorded') return outcome;
    return {
      ...outcome,
      endpoint,
      secret: secret === null ? null : outcome.repeated ? { alreadyShown: true } : { shown: secret },
    };
  }

  /** Disables an endpoint that answered 410 Gone, at once. `occasion` names the attempt, so that it is done once for it. */
  async disableGone(tenant: string, endpoint: string, occasion: string): Promise<void> {
    const commandId = uuidv5(concordatNamespace, `${tenant}/${endpoint}/gone/${occasion}`);
    const outcome = await this.execute(
      new EndpointCommand(
        { name: 'disable-endpoint', endpoint, reason: 'gone' },
        { tenant, actor: { kind: 'system', name: 'webhooks' }, commandId, fingerprint: commandId.replaceAll('-', ''), correlationId: correlationId() },
      ),
    );
    if (outcome.outcome === 'refused') return; // somebody disabled it already
    if (outcome.outcome !== 'recorded') throw new Error(`An endpoint that is gone could not be disabled (${outcome.outcome}); its next delivery tries again.`);
    await disableNow(this.database, tenant, endpoint, 'gone', outcome.receipt.position);
  }

  private async keepSecret(tenant: string, endpoint: string, key: string): Promise<string> {
    const associated = associatedOf(tenant, endpoint, key);
    const kept = await keepSecret(this.database, tenant, endpoint, key, this.sealing.seal(newSecret(), associated));
    return this.sealing.open(kept, associated).toString('utf8');
  }
}

// Ids of new things come from the command's id, so that the same request makes the same thing.
function commandOf(request: EndpointRequest, commandId: string): EndpointCommandBody {
  const key = uuidv5(concordatNamespace, `${commandId}/key`);
  switch (request.name) {
    case 'register-endpoint':
      return { ...request, url: plainUrl(request.url), endpoint: uuidv5(concordatNamespace, `${commandId}/endpoint`), key };
    case 'rotate-secret':
      return { ...request, key };
    case 'disable-endpoint':
    case 'enable-endpoint':
    case 'test-endpoint':
      return request;
  }
}

/** One address is one text, however it was written; what is none stays as it is, and is refused. */
const plainUrl = (url: string): string => (URL.canParse(url) ? new URL(url).href : url);

function besides(command: EndpointCommandBody): string[] {
  return command.name === 'register-endpoint' ? [endpointListStream(command.provider), providerStream(command.provider)] : [];
}

function statesOf(loaded: StreamStates, command: EndpointCommandBody) {
  const registering = command.name === 'register-endpoint';
  return {
    endpoint: loaded.of(endpointFold, endpointStream(command.endpoint)).state,
    list: registering ? loaded.of(endpointListFold, endpointListStream(command.provider)).state : initialEndpointList,
    provider: registering ? loaded.of(providerFold, providerStream(command.provider)).state : initialProvider,
  };
}
