import { Agreements } from '@concordat/agreement';
import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AgreementDoor, type OpenAgreement, type Tab } from './agreement-open.js';
import { actionsShown, checklistShown, factsShown, partyShown, stagesShown } from './agreement-shown.js';
import { Frame } from './frame.js';
import { PageFilter } from './page.filter.js';

const query = z.object({ did: z.string().max(40).optional(), on: z.string().max(10).optional() });
type Query = z.infer<typeof query>;

/** One agreement, a part a page. */
@ApiExcludeController()
@UseFilters(PageFilter)
@Controller('agreements/:id')
export class AgreementPage {
  constructor(
    private readonly frame: Frame,
    private readonly door: AgreementDoor,
    private readonly agreements: Agreements,
  ) {}

  @Get()
  async overview(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.show('agreement', id, '', asked, request, reply, async (open) => {
      const { agreement, reader, sight, named, today, on } = open;
      const { tenant, actor } = reader.principal;
      if (sight.sees === 'party') return { stages: stagesShown(agreement), party: partyShown(agreement, sight.provider, named) };
      const gate = on === undefined && agreement.lifecycle === 'open' ? await this.agreements.gate(tenant, id, actor) : undefined;
      return {
        stages: stagesShown(agreement),
        checklist: gate && checklistShown(gate, named),
        held: agreement.held,
        facts: factsShown(agreement, named),
        actions: on === undefined && actionsShown(agreement, actor, today),
      };
    });
  }

  private async show(
    page: string,
    id: string,
    tab: Tab,
    asked: Query,
    request: FastifyRequest,
    reply: FastifyReply,
    values: (open: OpenAgreement) => object | Promise<object>,
  ): Promise<void> {
    const open = await this.door.open(id, tab, asked, request, reply);
    if (open === undefined) return;
    const { happened, ...head } = open.head as { readonly happened?: object };
    await this.frame.send(request, reply, page, { reader: open.reader, place: '/agreements' }, { agreement: head, happened, ...(await values(open)) });
  }
}
