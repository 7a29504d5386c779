import { may } from '@concordat/access/core';
import { Agreements } from '@concordat/agreement';
import type { Agreement } from '@concordat/agreement/core';
import { Installation } from '@concordat/assembly';
import { pathways, routes } from '@concordat/pathway';
import { Clock, londonDay, Problem } from '@concordat/platform';
import { AgreementList } from '@concordat/register';
import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { checklistShown, stagesShown } from './agreement-shown.js';
import { PageFilter } from './page.filter.js';
import { render } from './render.js';
import { type Reader, SignedIn } from './signed-in.js';

const pageSize = 50;
const listQuery = z.object({ after: z.string().max(500).optional() });
const mark = z.object({ openedAt: z.string(), id: z.uuid() });
const idPath = z.object({ id: z.uuid() });

@ApiExcludeController()
@UseFilters(PageFilter)
@Controller()
export class AgreementsPage {
  constructor(
    private readonly signedIn: SignedIn,
    private readonly agreements: Agreements,
    private readonly register: AgreementList,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query({ schema: listQuery }) { after }: z.infer<typeof listQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.signedIn.read(request);
    if (reader === undefined) return reply.redirect('/sign-in', 303);
    const { tenant, actor } = reader.principal;
    const seesAll = may(actor, 'agreement.read', {}, londonDay(this.clock.now()));
    const parties = actor.kind === 'person' ? actor.grants.flatMap(({ provider }) => (provider === undefined ? [] : [provider])) : [];
    const { rows, next } = await this.register.page(
      tenant,
      seesAll ? {} : { within: { parties, agreements: [] } },
      { limit: pageSize, ...(after !== undefined && { after: mark.parse(JSON.parse(Buffer.from(after, 'base64url').toString())) }) },
    );
    await this.send(reply, reader, 'agreements', {
      rows: rows.map(({ id, title, pathway, stage, lifecycle, tier }) => [
        { html: `<a class="govuk-link" href="/agreements/${id}">${escaped(title)}</a>` },
        { text: lifecycle === 'open' ? stageTitle(pathway, stage) : `${stageTitle(pathway, stage)} (${lifecycle})` },
        { text: pathwayTitle(pathway) },
        { text: tier },
      ]),
      next: next && `/?after=${Buffer.from(JSON.stringify(next)).toString('base64url')}`,
    });
  }

  @Get('agreements/:id')
  async one(@Param({ schema: idPath }) { id }: z.infer<typeof idPath>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.signedIn.read(request);
    if (reader === undefined) return reply.redirect('/sign-in', 303);
    const { tenant, actor } = reader.principal;
    const gate = await this.agreements.gate(tenant, id, actor);
    const today = londonDay(this.clock.now());
    const seesAll = gate !== undefined && may(actor, 'agreement.read', { agreement: id }, today);
    const seesParty =
      gate !== undefined && Object.keys(gate.agreement.award.parties).some((provider) => may(actor, 'agreement.read', { agreement: id, provider }, today));
    if (gate === undefined || !(seesAll || seesParty)) {
      throw new Problem({ status: 404, code: 'agreement.unknown', title: 'There is no such agreement', detail: 'It is not here, or you may not see it.' });
    }
    await this.send(reply, reader, 'agreement', {
      agreement: head(gate.agreement),
      stages: stagesShown(gate.agreement),
      // What a gate still waits for is the organisation's own business.
      checklist: seesAll && gate.agreement.lifecycle === 'open' ? checklistShown(gate) : undefined,
    });
  }

  private async send(reply: FastifyReply, reader: Reader, page: string, values: object): Promise<void> {
    await reply
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(render(page, { ...values, signedIn: reader.shown, demo: this.installation.mode === 'demo' }));
  }
}

function head(agreement: Agreement) {
  const { title, kind, tier, lifecycle, pathway, route, facts } = agreement;
  const value = facts.value?.value;
  return {
    title,
    caption: `${kind}, ${tier} tier`,
    rows: [
      { key: { text: 'Commissioning process' }, value: { text: `${pathways.find(pathway.id, pathway.version)?.title ?? pathway.id}, version ${pathway.version}` } },
      { key: { text: 'Route' }, value: { text: routes.find(route.id, route.version)?.title ?? route.id } },
      { key: { text: 'Reference' }, value: { text: facts.reference?.value ?? 'none yet' } },
      { key: { text: 'Estimated value' }, value: { text: value === undefined ? 'not known yet' : pounds(value) } },
      { key: { text: 'State' }, value: { text: lifecycle } },
    ],
  };
}

function pounds({ amount, currency }: { readonly amount: string; readonly currency: string }): string {
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(Number(amount));
}

// Rows name a pathway as id@version.
function pathwayTitle(pathway: string): string {
  const [id = '', version = '1'] = pathway.split('@');
  return pathways.find(id, Number(version))?.title ?? id;
}

function stageTitle(pathway: string, stage: string): string {
  const [id = '', version = '1'] = pathway.split('@');
  return pathways.find(id, Number(version))?.stages.find((one) => one.id === stage)?.title ?? stage;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
