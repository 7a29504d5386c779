import { Vault } from '@concordat/access';
import { Agreements, AnswersAlone, SpokenWords } from '@concordat/agreement';
import { above, authorsOf, circleOf, deliverySeen, everythingSaid, isReadBy, mayBeReadBy, type SeenBy, seenByPeople, type Sight, valueView } from '@concordat/agreement/core';
import { deliveryAsCsv, InvolvementView, valueAsCsv } from '@concordat/register';
import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AgreementDoor, type OpenAgreement, type Tab } from './agreement-open.js';
import { actionsShown, checklistShown, factsShown, partyShown, stagesShown } from './agreement-shown.js';
import { challengesShown, consultationsShown, noticesShown } from './consultation-shown.js';
import { deliveryShown } from './delivery-shown.js';
import { excusedShown } from './excused-shown.js';
import { participantsOf } from './form/choices.js';
import { Frame } from './frame.js';
import { eventsUpTo, historyShown } from './history-shown.js';
import { involvementShown, ladderOf } from './involvement-shown.js';
import type { Heard } from './ledger-shown.js';
import { sendFile } from './list-file.js';
import { Names } from './names.js';
import { PageFilter } from './page.filter.js';
import { pathwayMap } from './pathway-map.js';
import { peopleShown } from './people-shown.js';
import { ladderAsCsv, pathwayAsCsv, risksAsCsv } from './picture-tables.js';
import { askBudgetsShown, elsewhereShown, planningShown } from './planning-shown.js';
import { publicationsShown } from './publications-shown.js';
import { riskKeptShown } from './risk-kept-shown.js';
import { riskShown } from './risk-shown.js';
import { askedShown, overviewForPeople } from './for-people-shown.js';
import { partnersShown } from './partners-shown.js';
import { noSuchAgreement } from './sight.js';
import { awardShown, signOffsShown } from './sign-off-shown.js';
import { treeShown } from './tree-shown.js';
import { valueShown } from './value-shown.js';
import { dayOf } from './words/say.js';

const query = z.object({
  did: z.string().max(40).optional(),
  done: z.string().max(40).optional().catch(undefined),
  on: z.string().max(10).optional(),
  upTo: z.coerce.number().int().min(1).optional().catch(undefined),
});
type Query = z.infer<typeof query>;

const pictures = ['pathway', 'involvement', 'risk', 'delivery', 'value'] as const;

const historySize = 50;
const mostHeard = 500;
const mostBudgets = 200;

/** One agreement, a part a page. */
@UseFilters(PageFilter)
@Controller('agreements/:id')
export class AgreementPage {
  constructor(
    private readonly frame: Frame,
    private readonly door: AgreementDoor,
    private readonly agreements: Agreements,
    private readonly names: Names,
    private readonly vault: Vault,
    private readonly words: SpokenWords,
    private readonly alone: AnswersAlone,
    private readonly view: InvolvementView,
  ) {}

  @Get()
  async overview(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.show('agreement', id, '', asked, request, reply, async (open) => {
      const { agreement, reader, sight, named, today, holidays, offers, on } = open;
      const { tenant, actor } = reader.principal;
      const strip = { stages: stagesShown(agreement, sight), splitOff: Object.values(agreement.stages).some(({ gate }) => gate === 'by-reference') };
      switch (sight.sees) {
        case 'party':
          return { ...strip, party: partyShown(agreement, sight, named, offers, holidays) };
        case 'people':
          return { ...strip, people: overviewForPeople(agreement, sight.person, named, offers) };
        case 'all':
          break;
      }
      const gate = on === undefined && agreement.lifecycle === 'open' ? await this.agreements.gate(tenant, id, actor) : undefined;
      return {
        ...strip,
        checklist: gate && checklistShown(gate, named, offers, actor),
        held: agreement.held && { ...agreement.held, until: agreement.held.until && dayOf(agreement.held.until) },
        excused: excusedShown(agreement, gate?.owed, named, on ?? today),
        facts: factsShown(agreement, named, offers),
        partners: partnersShown(agreement, on ?? today),
        actions: on === undefined && actionsShown(offers),
      };
    });
  }

  @Get('pathway')
  async pathway(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.show('pathway', id, '/pathway', asked, request, reply, async ({ agreement, reader, named, on }) => {
      const gate = on === undefined && agreement.lifecycle === 'open' ? await this.agreements.gate(reader.principal.tenant, id, reader.principal.actor) : undefined;
      return { map: pathwayMap(agreement, gate, named) };
    });
  }

  @Get(':part/export')
  async export(@Param('id') id: string, @Param('part') asked: string, @Query({ schema: query }) { on: day }: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const part = pictures.find((one) => one === asked);
    if (part === undefined) throw noSuchAgreement();
    const open = await this.door.open(id, `/${part}`, { on: day }, request, reply);
    if (open !== undefined) await sendFile(reply, part, 'csv', await this.table(part, open));
  }

  /** The table of a picture or page. */
  private async table(part: (typeof pictures)[number], open: OpenAgreement): Promise<string> {
    const { agreement, reader, sight, named, today, on } = open;
    const { tenant, actor } = reader.principal;
    if (part === 'risk') return risksAsCsv(riskShown(open));
    if (part === 'delivery') {
      const seen = deliverySeen(agreement, today, sight);
      if (seen === undefined) throw noSuchAgreement();
      return deliveryAsCsv(seen);
    }
    if (part === 'value') return valueAsCsv(valueView(agreement, today));
    if (part === 'involvement') return ladderAsCsv(ladderOf(agreement, named, {}));
    return pathwayAsCsv(pathwayMap(agreement, on === undefined && agreement.lifecycle === 'open' ? await this.agreements.gate(tenant, agreement.id, actor) : undefined, named));
  }

  @Get('involvement')
  async involvement(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.show('involvement', id, '/involvement', asked, request, reply, async ({ agreement, reader: { principal }, holidays, named, today, offers, form, on }) => {
      const { tenant, actor } = principal;
      const erased = await this.vault.erased(tenant, [...authorsOf(agreement), ...agreement.carried.flatMap(({ authors }) => authors)]);
      const answeredAlone = on === undefined ? everythingSaid(agreement).filter(({ own }) => (own?.response ?? null) !== null) : [];
      const alone = await this.alone.of(tenant, id, new Set(answeredAlone.map((one) => one.id)));
      const reader = { named, today, holidays, offers, form, erased, alone, carryingOn: on === undefined ? await this.agreements.carryingOn(tenant, agreement) : {}, circle: circleOf(actor, agreement, today), heard: on === undefined ? await this.heard(tenant, id) : undefined };
      const reach = await this.agreements.reach(tenant, actor, 'agreement.read', today);
      // What other agreements say is as of now, and so is not shown beside what stood on an earlier day.
      const elsewhere = on === undefined ? { reach: await this.view.reach(tenant, reach, agreement), askedBefore: await this.view.askedBefore(tenant, reach, agreement) } : undefined;
      // How often somebody may be asked is for whoever asks them.
      const budgets = on === undefined && offers['invite-participant']?.href !== undefined ? await this.agreements.askBudgets(tenant, participantsOf(agreement).slice(0, mostBudgets), today) : new Map();
      const askBudgets = askBudgetsShown(budgets, named, form);
      const parent = above(agreement);
      const whole = on === undefined && parent?.as === 'split-from' ? await this.agreements.see(tenant, parent.agreement, actor, today) : undefined;
      const charities = on === undefined ? await this.words.of(principal, agreement, today, agreement.payments.filter(({ answer }) => answer.is === 'to-a-charity').map(({ id: offer }) => offer)) : new Map();
      return { ...involvementShown(agreement, reader, whole?.sight.sees === 'all' ? whole.agreement : undefined), ...planningShown(agreement, named, offers, charities), askBudgets, ...(elsewhere && elsewhereShown(elsewhere)) };
    });
  }

  /** What its parties and people who take part see of involvement, and those who look after it as they do. */
  @Get('people')
  async people(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.show('people', id, '/people', asked, request, reply, async ({ agreement, reader, sight, named, today, on }) => {
      const circle = on === undefined ? readsAs(sight, circleOf(reader.principal.actor, agreement, today)) : undefined;
      const said = circle === undefined ? [] : everythingSaid(agreement).filter((one) => mayBeReadBy(agreement, one, circle));
      const asked = sight.sees === 'people' ? askedShown(seenByPeople(agreement, sight.person).asked, named) : undefined;
      return { asked, ...peopleShown(agreement, named, { circle, said, heard: said.length === 0 ? new Map() : await this.heard(reader.principal.tenant, id, new Set(said.map((one) => one.id))) }) };
    });
  }

  @Get('risk')
  async risk(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.show('risk', id, '/risk', asked, request, reply, (open) => ({
      ...riskShown(open),
      ...riskKeptShown(open),
    }));
  }

  @Get('sign-offs')
  async signOffs(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.show('sign-offs', id, '/sign-offs', asked, request, reply, ({ agreement, named, today, form }) => signOffsShown(agreement, named, today, form));
  }

  @Get('award')
  async award(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.show('award', id, '/award', asked, request, reply, ({ agreement, named, today, reader, offers, form }) => ({
      ...awardShown(agreement, named, offers),
      publications: publicationsShown(agreement, reader.principal.tenant, form),
      consultations: consultationsShown(agreement, named, today),
      challenges: challengesShown(agreement, named),
      notices: noticesShown(agreement, named),
    }));
  }

  @Get('delivery')
  async delivery(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.show('delivery', id, '/delivery', asked, request, reply, deliveryShown);
  }

  @Get('value')
  async value(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.show('value', id, '/value', asked, request, reply, ({ agreement, named, today, offers }) => valueShown(agreement, named, today, offers));
  }

  @Get('tree')
  async tree(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.show('tree', id, '/tree', asked, request, reply, async ({ agreement, reader, named, today, offers }) => {
      const { tenant, actor } = reader.principal;
      const tree = await this.agreements.tree(tenant, agreement, actor, today);
      return treeShown(agreement, tree, today, offers, await this.names.more(tenant, named, tree.beneath.map(({ agreement: { award } }) => award.parties), tree.links.map((link) => link.agreement.award.parties)));
    });
  }

  @Get('history')
  async history(@Param('id') id: string, @Query({ schema: query }) asked: Query, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.show('history', id, '/history', asked, request, reply, async ({ version, reader, named: known, today }) => {
      const { tenant, actor } = reader.principal;
      const upTo = Math.min(version, asked.upTo ?? version);
      const from = Math.max(0, upTo - historySize);
      const events = await eventsUpTo(this.agreements, tenant, id, upTo);
      const read = await this.agreements.readingOf(tenant, actor, today, events.slice(from));
      const named = await this.names.more(tenant, known, events.slice(from));
      return {
        events: historyShown(events, from, named, read).reverse(),
        older: from > 0 ? `/agreements/${id}/history?upTo=${from}` : undefined,
        headline: `${version} things happened so far.`,
      };
    });
  }

  /** The words of what people said, of these or all, as far as one page goes. */
  private async heard(tenant: string, id: string, of?: ReadonlySet<string>): Promise<Heard> {
    const events = await this.agreements.said(tenant, id, (contribution) => of?.has(contribution) ?? true, 0, mostHeard);
    const words = await this.vault.unsealAll(tenant, events.map(({ data }) => data.text));
    return new Map(events.map(({ data }, at) => [data.contribution, words[at]]));
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

/** The circle whose reading the page shows, by the sight and the circle of whoever reads it; undefined where none of it is read. What people kept from a partner body is not theirs because they see the whole. */
export function readsAs(sight: Sight, circle: SeenBy): SeenBy | undefined {
  switch (sight.sees) {
    case 'all':
      return circle === 'public' ? 'public' : 'provider';
    case 'people':
      return 'public';
    case 'party':
      return isReadBy('contributions', sight.role) ? 'provider' : undefined;
  }
}
