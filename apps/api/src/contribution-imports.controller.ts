import type { Principal } from '@concordat/access';
import { may } from '@concordat/access/core';
import { Agreements, Operations } from '@concordat/agreement';
import { ContributionImports, type ParticipationReport } from '@concordat/exchange';
import { Clock, Fingerprints, londonDay, newId } from '@concordat/platform';
import { Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { askOf, Who } from './ask.js';
import { Asks } from './asked-right.js';
import { keyReused } from './command-answer.js';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse } from './documented.js';
import { missingRight } from './key.guard.js';
import { seenWhole } from './read-agreement.js';
import { fileBody, fileMedia, fileQuery, readable, withBytes } from './sent-file.js';
import { idPath, type IdPath, operationAnswered, progressShown, writeQuery } from './shapes.js';

const importQuery = z.strictObject({ ...fileQuery.shape, ...writeQuery.shape, activity: z.uuid().describe('the activity people said it at'), address: z.string().max(200).default('').describe('of the platform, such as https://decide.example.org, where the export does not say it: CONSUL’s never do') });
const reportShown = z.object({
  platform: z.enum(['decidim', 'consul']),
  host: z.string().describe('of the platform'),
  rows: z.int().describe('taken + joined + duplicates + leftOut'),
  taken: z.int(),
  joined: z.int().describe('on the agreement already, and taken in of others whom the export names since as having made it too'),
  duplicates: z.int().describe('on the agreement already, or twice in the file'),
  leftOut: z.int(),
  unnamed: z.int().describe('of those taken, how many name no author: together they count as one person'),
  coAuthors: z.int().describe('of those taken and joined, how many people made one together with its first author: it is taken in once of each of them too'),
  items: z.array(z.object({ row: z.int().min(1), source: z.string().nullable(), is: z.enum(['taken', 'joined', 'duplicate', 'left-out']), why: z.string().nullable() })),
  operation: operationAnswered.nullable().describe('its results say what came of each entry that is taken; null where none is, and for a dry run'),
});

const keptShown = z.object({
  import: z.uuid().describe('also of the operation that took its entries in'),
  activity: z.uuid(),
  file: z.string(),
  takenAt: z.string(),
  takenBy: z.uuid(),
  ...reportShown.omit({ operation: true }).shape,
});

/** What people said on Decidim or CONSUL is taken in as contributions. */
@ApiV1('agreements', 'Involvement')
export class ContributionImportsController {
  constructor(
    private readonly agreements: Agreements,
    private readonly imports: ContributionImports,
    private readonly operations: Operations,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Post(':id/contributions/import')
  @HttpCode(202)
  @Asks('involvement.contribute')
  @ApiOperation({ operationId: 'importContributions', summary: 'Takes an export of Decidim or CONSUL in as contributions to one activity, every entry accounted for; the same export again adds nothing' })
  @ApiConsumes(fileMedia)
  @ApiBody({ ...fileBody, description: 'Proposals of Decidim (CSV or JSON), or proposals, debates or comments of CONSUL’s open data (CSV); at most 5,000 entries and 25 MB' })
  @ApiResponse({ status: 202, description: 'What becomes of each entry', standardSchema: reportShown })
  @ApiResponse({ status: 200, description: 'What would become of each', standardSchema: reportShown })
  async take(
    @Who() who: Principal,
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: importQuery }) { activity, address, file: name, dryRun }: z.infer<typeof importQuery>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const agreement = await this.seen(who, id);
    if (!may(who.actor, 'involvement.contribute', { agreement: id }, londonDay(this.clock.now()))) throw missingRight('involvement.contribute');
    const { key, commandId: operation, correlationId } = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', key);
    const asked = { tenant: who.tenant, agreement, activity, address };
    if (dryRun === 'true') {
      reply.status(200);
      return shown(await withBytes(request, (bytes) => readable(this.imports.look(asked, { name, bytes }))));
    }
    const by = { operation, actor: who.actor, principal: who.id, correlationId: correlationId || newId() };
    const { report, accepted } = await withBytes(request, (bytes) => readable(this.imports.take(asked, { name, bytes }, by)));
    if (accepted === 'key-reused') throw keyReused();
    if (accepted === 'nothing') return shown(report);
    reply.header('location', `/api/v1/operations/${operation}`);
    return { ...shown(report), operation: progressShown((await this.operations.progress(who.tenant, operation))!) };
  }

  @Get(':id/contributions/imports')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listContributionImports', summary: 'What became of exports that were taken in: counts, and each entry that was not taken, with why' })
  @ApiResponse({ status: 200, description: 'The newest first, a hundred at most', standardSchema: z.object({ items: z.array(keptShown) }) })
  async kept(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    await this.seen(who, id);
    const kept = await this.imports.kept(who.tenant, id);
    return { items: kept.map(({ id: of, report, ...one }) => ({ import: of, ...one, ...report })) };
  }

  private async seen(who: Principal, id: string) {
    return seenWhole(await this.agreements.see(who.tenant, id, who.actor, londonDay(this.clock.now()))).agreement;
  }
}

const shown = (report: ParticipationReport): z.input<typeof reportShown> => ({ ...report, items: [...report.items], operation: null });
