import { type Principal, Vault } from '@concordat/access';
import { Agreements } from '@concordat/agreement';
import { authorsOf, withheldNow, youSaidWeDid } from '@concordat/agreement/core';
import { PublicRecord } from '@concordat/exchange';
import { releasePackage } from '@concordat/exchange/core';
import { Installation } from '@concordat/assembly';
import { Clock, londonDay } from '@concordat/platform';
import { youSaidAsCsv, youSaidAsXlsx } from '@concordat/register';
import { Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Who } from './ask.js';
import { Asks } from './asked-right.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { jsonSchema } from './json-schema.js';
import { contentTypeOf, formatOf, inEveryFormat, tableFormatAsked, tableFormats } from './list-format.js';
import { seenByHouseAndPeople, seenWhole } from './read-agreement.js';
import { idPath, type IdPath } from './shapes.js';

const publications = z.object({
  agreement: z.uuid(),
  publications: z.array(
    z.looseObject({
      publication: z.uuid(),
      stands: z.enum(['planned', 'withheld', 'published', 'taken-down']),
      withheld: z.array(z.looseObject({ ground: z.string(), reason: z.string(), on: z.iso.date() })).describe('every one there was, with the day it was lifted'),
      published: z.looseObject({ on: z.iso.date(), number: z.string().nullable().describe('of the official notice it tells again') }).nullable(),
    }),
  ),
});
const releases = z.looseObject({ uri: z.url(), version: z.literal('1.1'), releases: z.array(z.looseObject({ ocid: z.string(), id: z.string(), tag: z.array(z.string()) })) });

const said = z.object({
  agreement: z.uuid(),
  asked: z.array(z.looseObject({ stage: z.string(), activities: z.array(z.string()), fewCame: z.int() })),
  themes: z.array(z.looseObject({ title: z.string(), stands: z.string() })).describe('with what was done and why; of five people or more, or of fewer who let the public see what they said'),
  few: z.int().describe('themes of fewer people, of which nothing is told'),
  commitments: z.array(z.looseObject({ what: z.string(), by: z.iso.date(), stands: z.string() })),
});
const inFormat = z.strictObject({ format: tableFormatAsked });

/** What goes out of an agreement, and what the public sees of it. */
@ApiV1('agreements/:id', 'Publication')
export class PublicationsController {
  constructor(
    private readonly agreements: Agreements,
    private readonly record: PublicRecord,
    private readonly vault: Vault,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  @Get('publications')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listPublications', summary: 'What is planned to go out, what each waits for, what is withheld and why, and what went out' })
  @ApiResponse({ status: 200, description: 'In the order they were planned', standardSchema: publications })
  async list(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    const { agreement } = seenWhole(await this.see(who, id));
    return {
      agreement: id,
      publications: agreement.publications.map((publication) => {
        const out = publication.published !== null;
        return { ...publication, stands: withheldNow(publication) === undefined ? (out ? 'published' : 'planned') : out ? 'taken-down' : 'withheld' };
      }),
    };
  }

  @Get('you-said-we-did')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readYouSaidWeDid', summary: 'What the public would read if it went out now: what people were asked, each theme with what was done and why, what was promised; also as CSV or XLSX' })
  @ApiResponse(() => ({ ...inEveryFormat(jsonSchema(said), tableFormats), description: 'It names nobody, and tells nothing of fewer than five people without their agreement' }))
  async said(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath, @Query({ schema: inFormat }) { format: asked }: z.infer<typeof inFormat>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { agreement } = seenByHouseAndPeople(await this.see(who, id));
    const told = youSaidWeDid(agreement, londonDay(this.clock.now()), await this.vault.erased(who.tenant, authorsOf(agreement)));
    const format = formatOf(asked, request.headers.accept, tableFormats);
    reply.header('vary', 'accept').type(contentTypeOf(format));
    if (format === 'json') return reply.send({ agreement: id, ...told });
    return reply.header('content-disposition', `attachment; filename="you-said-we-did.${format}"`).send(format === 'csv' ? youSaidAsCsv(told) : await youSaidAsXlsx(told));
  }

  @Get('releases')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readReleases', summary: 'What is public of the agreement as an OCDS 1.1 release package, the same as /published/{organisation}/{agreement}/releases.json gives anybody' })
  @ApiResponse({ status: 200, description: 'Each release as the agreement stood when it was published; none where nothing is public', standardSchema: releases })
  async releases(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    seenByHouseAndPeople(await this.see(who, id));
    const found = await this.record.of(who.tenant, id);
    const all = found === undefined ? [] : await this.record.releases(who.tenant, id, found.publications, found.organisation);
    return releasePackage(`${this.installation.publicUrl}/published/${who.tenant}/${id}/releases.json`, found?.organisation.name ?? '', all);
  }

  private see(who: Principal, id: string) {
    return this.agreements.see(who.tenant, id, who.actor, londonDay(this.clock.now()));
  }
}
