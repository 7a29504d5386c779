import { Readable } from 'node:stream';
import type { Principal } from '@concordat/access';
import { may } from '@concordat/access/core';
import { Agreements } from '@concordat/agreement';
import { agreementStream, scopeOn } from '@concordat/agreement/core';
import { exportPart, ndjson } from '@concordat/journal';
import { Clock, Database, londonDay } from '@concordat/platform';
import { Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiV1 } from './api-v1.js';
import { Who } from './ask.js';
import { Asks } from './asked-right.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { missingRight } from './key.guard.js';
import { seenWhole } from './read-agreement.js';
import { idPath, type IdPath } from './shapes.js';

/** For whoever inspects one agreement: its record, to be checked without trusting this server and without seeing any other. */
@ApiV1('agreements/:id/assurance-pack', 'Journal')
export class AssurancePackController {
  constructor(
    private readonly agreements: Agreements,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Asks('journal.read')
  @ApiOperation({ operationId: 'exportAssurancePack', summary: 'Every event of one agreement as NDJSON, and all others of the organisation by their hashes alone; check it with `concordat verify FILE`' })
  @ApiResponse({ status: 200, description: 'One event a line, up to the head of the chain', content: { 'application/x-ndjson': { schema: { type: 'string' } } } })
  async export(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath, @Res() reply: FastifyReply) {
    const today = londonDay(this.clock.now());
    const { agreement } = seenWhole(await this.agreements.see(who.tenant, id, who.actor, today));
    if (!may(who.actor, 'journal.read', scopeOn(agreement, today), today)) throw missingRight('journal.read');
    await reply
      .header('content-disposition', 'attachment; filename="assurance-pack.ndjson"')
      .type('application/x-ndjson; charset=utf-8')
      .send(Readable.from(ndjson(exportPart(this.database, { tenant: who.tenant, stream: agreementStream(id) }))));
  }
}
