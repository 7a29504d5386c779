import { Readable } from 'node:stream';
import { may } from '@concordat/access/core';
import { agreementStream, effortWithoutResult, scopeOn } from '@concordat/agreement/core';
import { exportPart, Journal, ndjson, verifyChain } from '@concordat/journal';
import { Clock, Database, Problem } from '@concordat/platform';
import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AgreementDoor, type OpenAgreement } from './agreement-open.js';
import { stagesShown } from './agreement-shown.js';
import { challengesShown, consultationsShown, noticesShown } from './consultation-shown.js';
import { excusedShown } from './excused-shown.js';
import { Frame } from './frame.js';
import { effortShown } from './ledger-shown.js';
import { PageFilter } from './page.filter.js';
import { PaperShown } from './paper-shown.js';
import { publicationsShown } from './publications-shown.js';
import { statementsShown } from './risk-shown.js';
import { whoCan } from './whole-organisation.js';
import { counted, momentOf, upper } from './words/say.js';
import { youSaidShown } from './you-said-shown.js';

const query = z.object({ on: z.string().max(10).optional(), chain: z.literal('check').optional().catch(undefined) });
type Query = z.infer<typeof query>;

/**
 * Everything an inspection, scrutiny or an audit asks of an agreement, on one page to print: what was decided and by whom, signed,
 * waived, said, objected to and replied, what involvement came to, what was found; and whether the chain it stands in holds.
 */
@UseFilters(PageFilter)
@Controller('agreements/:id/assurance-pack')
export class AssurancePackPage {
  constructor(
    private readonly frame: Frame,
    private readonly door: AgreementDoor,
    private readonly paper: PaperShown,
    private readonly journal: Journal,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  async read(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const open = await this.door.open(id, '/award', asked, request, reply);
    if (open === undefined) return;
    const { agreement, named, today, on, reader, version, holidays, form } = open;
    const { tenant } = reader.principal;
    await this.frame.send(request, reply, 'assurance-pack', { reader, place: '/agreements' }, {
      agreement: open.head,
      ...(await this.paper.of(open)),
      stages: stagesShown(agreement, { sees: 'all' }),
      excused: excusedShown(agreement, undefined, named, on ?? today),
      statements: statementsShown({ agreement, holidays, named, today, form }),
      consultations: consultationsShown(agreement, named, today),
      challenges: challengesShown(agreement, named),
      notices: noticesShown(agreement, named),
      publications: publicationsShown(agreement, tenant, form),
      ...youSaidShown(agreement, on ?? today),
      effort: effortShown(effortWithoutResult(agreement, { today, holidays })),
      events: counted(version, 'event'),
      keepers: upper(whoCan('journal.read')),
      chain: await this.chain(open, asked.chain === 'check'),
    });
  }

  /** Its own events whole and all others by their hashes alone, because a part of a chain proves nothing: NDJSON for `concordat verify`. */
  @Get('record')
  async record(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const open = await this.door.open(id, '/award', asked, request, reply);
    if (open === undefined) return;
    if (!mayVerify(open)) throw new Problem({ status: 403, code: 'right.missing', title: 'You may not do this', detail: `The record is given to ${whoCan('journal.read')}, who check it.` });
    await reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="assurance-pack.ndjson"')
      .type('application/x-ndjson; charset=utf-8')
      .send(Readable.from(ndjson(exportPart(this.database, { tenant: open.reader.principal.tenant, stream: agreementStream(id) }))));
  }

  /** Where the chain ends, and whether it holds where that is asked: walking it costs as much as it is long. */
  private async chain(open: OpenAgreement, check: boolean) {
    const { tenant } = open.reader.principal;
    if (!mayVerify(open)) return undefined;
    const { position, hash } = await this.journal.head(tenant);
    const [verdict] = check ? (await verifyChain(this.database, { tenants: [tenant] })).tenants : [];
    return {
      head: `Event ${position} of the organisation, ${hash}`,
      says: verdict && `Checked on ${momentOf(this.clock.now().toISOString())}: ${verdict.firstBad === undefined ? `all ${counted(verdict.events, 'event')} of the organisation, and the chain holds.` : `the chain is broken at event ${verdict.firstBad.position}: ${verdict.firstBad.reason}.`}`,
      holds: verdict?.ok,
    };
  }
}

const mayVerify = ({ agreement, reader: { principal }, today }: OpenAgreement): boolean => may(principal.actor, 'journal.read', scopeOn(agreement, today), today);
