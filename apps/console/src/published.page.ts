import { Installation } from '@concordat/assembly';
import { PublicRecord } from '@concordat/exchange';
import { releasePackage } from '@concordat/exchange/core';
import { Problem } from '@concordat/platform';
import { youSaidWeDid } from '@concordat/agreement/core';
import { youSaidAsCsv } from '@concordat/register';
import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendHtml } from './frame.js';
import { sendFile } from './list-file.js';
import { PageFilter } from './page.filter.js';
import { render } from './render.js';
import { dayOf } from './words/say.js';
import { youSaidShown } from './you-said-shown.js';

/** What anybody may see, without signing in: what was published of an agreement, and not withheld since. */
@UseFilters(PageFilter)
@Controller('published/:organisation/:agreement')
export class PublishedPage {
  constructor(
    private readonly record: PublicRecord,
    private readonly installation: Installation,
  ) {}

  @Get()
  async said(@Param('organisation') tenant: string, @Param('agreement') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { organisation, publications, agreement, erased, now, on } = await this.told(tenant, id);
    await sendHtml(request, reply, render('published', {
      organisation: organisation.name,
      title: agreement.title,
      on: dayOf(on),
      base: `/published/${tenant}/${id}`,
      releases: publications.some(({ of }) => of.is === 'release'),
      demo: this.installation.mode === 'demo',
      ...youSaidShown(agreement, on, erased, now),
    }));
  }

  @Get('you-said-we-did.csv')
  async table(@Param('organisation') tenant: string, @Param('agreement') id: string, @Res() reply: FastifyReply) {
    const { agreement, erased, now, on } = await this.told(tenant, id);
    await sendFile(reply, 'you-said-we-did', 'csv', youSaidAsCsv(youSaidWeDid(agreement, on, erased, now)));
  }

  @Get('releases.json')
  async releases(@Param('organisation') tenant: string, @Param('agreement') id: string, @Res() reply: FastifyReply) {
    const found = await this.record.of(tenant, id);
    const releases = found === undefined ? [] : await this.record.releases(tenant, id, found.publications, found.organisation);
    if (found === undefined || releases.length === 0) throw nothingPublished();
    const uri = `${this.installation.publicUrl}/published/${tenant}/${id}/releases.json`;
    await reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(releasePackage(uri, found.organisation.name, releases));
  }

  private async told(tenant: string, id: string) {
    const found = await this.record.of(tenant, id);
    const said = found && (await this.record.said(tenant, id, found.publications));
    if (found === undefined || said === undefined) throw nothingPublished();
    return { ...found, ...said };
  }
}

/** 404, the same where nothing was published, where it was taken down, and where there is nothing at all. */
function nothingPublished(): Problem {
  return new Problem({ status: 404, code: 'publication.none', title: 'Nothing is published here', detail: 'It was not published, or is withheld now. Check the address.' });
}
