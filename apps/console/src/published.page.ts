import { Installation } from '@concordat/assembly';
import { PublicRecord } from '@concordat/exchange';
import { releasePackage } from '@concordat/exchange/core';
import { Problem } from '@concordat/platform';
import { Controller, Get, Param, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PageFilter } from './page.filter.js';

/** What anybody may see, without signing in: what was published of an agreement, and not withheld since. */
@UseFilters(PageFilter)
@Controller('published/:organisation/:agreement')
export class PublishedPage {
  constructor(
    private readonly record: PublicRecord,
    private readonly installation: Installation,
  ) {}

  @Get('releases.json')
  async releases(@Param('organisation') tenant: string, @Param('agreement') id: string, @Res() reply: FastifyReply) {
    const found = await this.record.of(tenant, id);
    const releases = found === undefined ? [] : await this.record.releases(tenant, id, found.publications, found.organisation);
    if (found === undefined || releases.length === 0) throw nothingPublished();
    const uri = `${this.installation.publicUrl}/published/${tenant}/${id}/releases.json`;
    await reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(releasePackage(uri, found.organisation.name, releases));
  }
}

/** 404, the same where nothing was published, where it was taken down, and where there is nothing at all. */
function nothingPublished(): Problem {
  return new Problem({ status: 404, code: 'publication.none', title: 'Nothing is published here', detail: 'It was not published, or is withheld now. Check the address.' });
}
