import type { Principal } from '@concordat/access';
import { Transfers } from '@concordat/agreement';
import { heldBy } from '@concordat/agreement/core';
import { Get } from '@nestjs/common';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Who } from './ask.js';
import { Asks } from './asked-right.js';
import { ApiOperation, ApiResponse } from './documented.js';

const transfersShown = z.object({
  items: z.array(
    z.object({
      agreement: z.uuid().describe('the same here and there'),
      from: z.object({ tenant: z.uuid(), slug: z.string(), name: z.string() }),
      title: z.string(),
      kind: z.string(),
      stage: z.string(),
      pathway: z.object({ id: z.string(), version: z.int() }),
      basis: z.string(),
      on: z.iso.date().describe('from which day it can be accepted'),
      providers: z.array(z.object({ id: z.uuid(), name: z.string(), identifiers: z.array(z.object({ scheme: z.string(), id: z.string() })) })),
      people: z.array(z.object({ id: z.uuid(), name: z.string(), answersFor: z.array(z.string()).describe('what they lead, or answer for while it is open: empty for whoever may stay') })),
    }),
  ),
});

/** What other organisations offer to this one, to be accepted with `accept-transfer`. */
@ApiV1('transfers', 'Agreements')
export class TransfersController {
  constructor(private readonly transfers: Transfers) {}

  @Get()
  @Asks('agreement.open')
  @ApiOperation({ operationId: 'listTransfers', summary: 'Agreements that other organisations offer to this one as their successor, with everybody of whom accept-transfer says who they are here' })
  @ApiResponse({ status: 200, description: 'Those to which a second person there agreed, and no others', standardSchema: transfersShown })
  async list(@Who() who: Principal) {
    const offered = await this.transfers.list(who.tenant);
    return {
      items: offered.map(({ from, agreement, people, providers }) => {
        const held = heldBy(agreement);
        const { id, title, kind, stage, pathway, transfer: { offer } } = agreement;
        return {
          agreement: id, from, title, kind, stage, pathway, basis: offer?.basis ?? '', on: offer?.on ?? '', providers,
          people: people.map((person) => ({ ...person, answersFor: held.get(person.id) ?? [] })),
        };
      }),
    };
  }
}
