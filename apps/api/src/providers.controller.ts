import { type CommandOutcome, type Principal, ProviderCommand, Providers } from '@concordat/access';
import { Fingerprints, uuidv5 } from '@concordat/platform';
import { Body, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { askOf, Who } from './ask.js';
import { settle } from './command-answer.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { nextLink, pageLimit } from './paging.js';
import { answeredAbout, pageAnswer, writeQuery, type WriteQuery } from './shapes.js';

const identifier = z.strictObject({
  scheme: z.string().regex(/^[A-Z]{2,3}-[A-Z0-9-]{2,30}$/, 'must be a register of org-id.guide, such as GB-COH'),
  id: z.string().trim().min(1).max(64),
});
const registering = z.strictObject({
  name: z.string().trim().min(1).max(300),
  identifiers: z.array(identifier).max(10).default([]),
});
const listQuery = z.strictObject({ after: z.uuid().optional(), limit: pageLimit });
const providerAnswered = answeredAbout('provider');

@ApiV1('providers', 'Providers')
export class ProvidersController {
  constructor(
    private readonly providers: Providers,
    private readonly commands: CommandBus,
    private readonly fingerprints: Fingerprints,
  ) {}

  @Get()
  @Asks('provider.manage')
  @ApiOperation({ operationId: 'listProviders', summary: 'Registered providers, in the order of their ids' })
  @ApiResponse({ status: 200, description: 'One page; the Link header leads to the next', standardSchema: pageAnswer })
  async list(@Who() who: Principal, @Query({ schema: listQuery }) { after, limit }: z.infer<typeof listQuery>, @Res({ passthrough: true }) reply: FastifyReply) {
    const items = await this.providers.list(who.tenant, { limit, ...(after !== undefined && { after }) });
    const last = items.at(-1);
    if (items.length === limit && last !== undefined) reply.header('link', nextLink('/api/v1/providers', { limit, after: last.id }));
    return { items };
  }

  @Post()
  @HttpCode(201)
  @Asks('provider.manage')
  @ApiOperation({ operationId: 'registerProvider', summary: 'Register an organisation that provides services' })
  @ApiResponse({ status: 201, description: 'Registered', standardSchema: providerAnswered })
  @ApiResponse({ status: 200, description: 'What a dry run would record', standardSchema: providerAnswered })
  async register(
    @Who() who: Principal,
    @Body({ schema: registering }) { name, identifiers }: z.infer<typeof registering>,
    @Query({ schema: writeQuery }) { dryRun }: WriteQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const ask = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', ask.key);
    const provider = uuidv5(ask.commandId, 'provider');
    const command = new ProviderCommand({ name: 'register-provider', provider, title: name, identifiers }, ask, dryRun === 'true');
    const told = settle(await this.commands.execute<ProviderCommand, CommandOutcome>(command));
    if (told.outcome === 'would-record') {
      reply.status(200);
      return { provider, dryRun: true, version: told.version, events: told.events };
    }
    return { provider, version: told.receipt.versions[`provider-${provider}`], repeated: told.repeated };
  }
}
