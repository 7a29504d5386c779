import { Vault } from '@concordat/access';
import { authorsOf, publicOf, youSaidWeDid } from '@concordat/agreement/core';
import { youSaidAsCsv } from '@concordat/register';
import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AgreementDoor } from './agreement-open.js';
import { Frame } from './frame.js';
import { sendFile } from './list-file.js';
import { PageFilter } from './page.filter.js';
import { dayOf } from './words/say.js';
import { youSaidShown } from './you-said-shown.js';

const query = z.object({ on: z.string().max(10).optional() });

/** What the public would read of an agreement if it went out now, to look at, print and save before that. */
@UseFilters(PageFilter)
@Controller('agreements/:id/you-said-we-did')
export class YouSaidPage {
  constructor(
    private readonly frame: Frame,
    private readonly door: AgreementDoor,
    private readonly vault: Vault,
  ) {}

  @Get()
  async read(@Param('id') id: string, @Query({ schema: query }) asked: z.infer<typeof query>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const open = await this.door.open(id, '/you-said-we-did', asked, request, reply);
    if (open === undefined) return;
    const { agreement, today, on, reader } = open;
    const out = publicOf(agreement).findLast(({ of }) => of.is === 'you-said-we-did')?.published ?? undefined;
    await this.frame.send(request, reply, 'you-said', { reader, place: '/agreements' }, {
      agreement: open.head,
      state: out === undefined ? 'This is not public.' : `What is public is as it stood on ${dayOf(out.on)}.`,
      public: out && `/published/${reader.principal.tenant}/${id}`,
      ...youSaidShown(agreement, on ?? today, await this.vault.erased(reader.principal.tenant, authorsOf(agreement))),
    });
  }

  @Get('table')
  async table(@Param('id') id: string, @Query({ schema: query }) asked: z.infer<typeof query>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const open = await this.door.open(id, '/you-said-we-did', asked, request, reply);
    if (open === undefined) return;
    const { agreement, today, on, reader } = open;
    const erased = await this.vault.erased(reader.principal.tenant, authorsOf(agreement));
    await sendFile(reply, 'you-said-we-did', 'csv', youSaidAsCsv(youSaidWeDid(agreement, on ?? today, erased)));
  }
}
