import { Readable } from 'node:stream';
import type { Principal } from '@concordat/access';
import { may } from '@concordat/access/core';
import { exportLines, Journal, ndjson } from '@concordat/journal';
import { Clock, Database, londonDay } from '@concordat/platform';
import { Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { Who } from './ask.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { missingRight } from './key.guard.js';

const headShown = z.object({ position: z.int().min(0), hash: z.string(), epoch: z.int().min(1) });

/** For auditors: the record as it stands in the chain, to be checked without trusting this server. */
@ApiV1('journal', 'Journal')
export class JournalController {
  constructor(
    private readonly journal: Journal,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get('head')
  @Asks('journal.read')
  @ApiOperation({ operationId: 'readHead', summary: 'Position and hash of the last event: write it down, and later check that it is still there' })
  @ApiResponse({ status: 200, description: 'position, hash, epoch', standardSchema: headShown })
  head(@Who() who: Principal) {
    return this.journal.head(who.tenant);
  }

  @Get()
  @Asks('journal.read')
  @ApiOperation({ operationId: 'exportJournal', summary: 'The whole chain as NDJSON; check it with `concordat verify FILE`' })
  @ApiResponse({ status: 200, description: 'One event a line', content: { 'application/x-ndjson': { schema: { type: 'string' } } } })
  async export(@Who() who: Principal, @Res() reply: FastifyReply) {
    // Whoever audits some agreements has their packs; this holds every stream of the organisation.
    if (!may(who.actor, 'journal.read', {}, londonDay(this.clock.now()))) throw missingRight('journal.read');
    await reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(ndjson(exportLines(this.database, { tenants: [who.tenant] }))));
  }
}
