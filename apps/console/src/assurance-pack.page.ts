import { Readable } from 'node:stream';
import { Vault } from '@concordat/access';
import { may } from '@concordat/access/core';
import { Agreements } from '@concordat/agreement';
import { type Agreement, agreementStream, authorsOf, effortWithoutResult, scopeOn } from '@concordat/agreement/core';
import { type ChainMark, exportPart, Journal, ndjson, verifyPart } from '@concordat/journal';
import { Clock, Database, Fingerprints, Problem } from '@concordat/platform';
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
import { counted, dayOf, momentOf, upper } from './words/say.js';
import { youSaidShown } from './you-said-shown.js';

/** A page is to be there within some seconds, however long the chain is. */
const partOfWalkMs = 8_000;

const query = z.object({ on: z.string().max(10).optional(), chain: z.literal('check').optional().catch(undefined), from: z.string().max(500).optional() });
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
    private readonly agreements: Agreements,
    private readonly door: AgreementDoor,
    private readonly paper: PaperShown,
    private readonly journal: Journal,
    private readonly vault: Vault,
    private readonly database: Database,
    private readonly fingerprints: Fingerprints,
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
      ...youSaidShown(agreement, on ?? today, await this.vault.erased(tenant, authorsOf(agreement))),
      effort: effortShown(effortWithoutResult(agreement, { today, holidays }, on === undefined ? await this.agreements.carryingOn(tenant, agreement) : {})),
      events: counted(version, 'event'),
      keepers: upper(whoCan('journal.read')),
      halves: halvesOf(agreement),
      chain: await this.chain(open, asked),
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

  /** Where the chain ends, and whether it holds where that is asked. Walking it costs as much as it is long, so that a long one is walked in parts. */
  private async chain(open: OpenAgreement, { chain, from }: Query) {
    const { tenant } = open.reader.principal;
    if (!mayVerify(open)) return undefined;
    const { position, hash } = await this.journal.head(tenant);
    const head = `Event ${position} of the organisation, ${hash}`;
    if (chain === undefined) return { head };
    const verdict = await verifyPart(this.database, tenant, this.markIn(tenant, from), partOfWalkMs);
    if ('reached' in verdict) {
      const mark = Buffer.from(JSON.stringify(verdict.reached)).toString('base64url');
      return { head, reached: `So far the first ${counted(verdict.reached.position, 'event')} of ${verdict.until.toLocaleString('en-GB')} were checked, and the chain holds up to there.`, from: `${mark}.${this.signed(tenant, mark)}` };
    }
    return {
      head,
      says: `Checked on ${momentOf(this.clock.now().toISOString())}: ${verdict.firstBad === undefined ? `all ${counted(verdict.events, 'event')} of the organisation, and the chain holds.` : `the chain is broken at event ${verdict.firstBad.position}: ${verdict.firstBad.reason}.`}`,
      holds: verdict.ok,
    };
  }

  /** Where the part before stood. Only what was signed here counts: a mark that somebody made up would leave out what comes before it. */
  private markIn(tenant: string, from: string | undefined): ChainMark | undefined {
    const [mark = '', signature] = from?.split('.') ?? [];
    return signature === this.signed(tenant, mark) ? (JSON.parse(Buffer.from(mark, 'base64url').toString('utf8')) as ChainMark) : undefined;
  }

  private signed(tenant: string, mark: string): string {
    return this.fingerprints.of({ walked: mark, tenant });
  }
}

/** Where the agreement was before it came here, and where it went. */
function halvesOf({ transfer: { came, went } }: Agreement) {
  return [
    ...came.map(({ from, on, position, hash }) => ({ says: `It came from ${from.name} on ${dayOf(on)}, where its record ended with event ${position} of that organisation, ${hash}.`, files: 'theirs.ndjson assurance-pack.ndjson' })),
    ...(went === null ? [] : [{ says: `It went to ${went.to.name} on ${dayOf(went.on)}, after event ${went.position} of this organisation, ${went.hash}.`, files: 'assurance-pack.ndjson theirs.ndjson' }]),
  ];
}

const mayVerify = ({ agreement, reader: { principal }, today }: OpenAgreement): boolean => may(principal.actor, 'journal.read', scopeOn(agreement, today), today);
