import { wordingShape, Wordings } from '@concordat/access';
import { Clock, Fingerprints, londonDay, newId } from '@concordat/platform';
import { Body, Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { typedIn } from './form-desk.js';
import { Frame } from './frame.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { mayForAll, whoCan } from './whole-organisation.js';

/** What the organisation calls those who use a service, wherever a page speaks of them. */
@UseFilters(PageFilter)
@Controller('wording')
export class WordingPage {
  constructor(
    private readonly frame: Frame,
    private readonly wordings: Wordings,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get()
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('pathway.read', request, reply);
    if (reader !== undefined) await this.show(reader, (await this.wordings.of(reader.principal.tenant)).serviceUsers, undefined, request, reply);
  }

  @Post()
  async change(@Body() body: Readonly<Record<string, unknown>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('settings.manage', request, reply);
    if (reader === undefined) return;
    const typed = String(typedIn(body)['serviceUsers'] ?? '');
    const next = wordingShape.safeParse({ serviceUsers: typed });
    if (!next.success) return this.show(reader, typed, 'Write what they are called, in 3 to 60 characters', request, reply);
    const { tenant, id, actor } = reader.principal;
    const outcome = await this.wordings.change(next.data, { tenant, actor, commandId: newId(), fingerprint: this.fingerprints.of(['wording', next.data, id]), correlationId: request.id });
    const refused = outcome.outcome === 'refused' ? outcome.refusals.find(({ code }) => code !== 'already-so') : undefined;
    if (refused !== undefined) return this.show(reader, typed, refused.asks, request, reply);
    await reply.redirect('/wording', 303);
  }

  private async show(reader: Reader, serviceUsers: string, error: string | undefined, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.frame.send(request, reply, 'wording', { reader, place: '/agreements', status: error === undefined ? 200 : 422 }, {
      error,
      serviceUsers,
      may: mayForAll(reader.principal.actor, 'settings.manage', londonDay(this.clock.now())),
      whoCan: whoCan('settings.manage'),
    });
  }
}
