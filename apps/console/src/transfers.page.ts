import { type CommandOutcome, People, Providers } from '@concordat/access';
import { AgreementCommand, commandInputs, Transfers } from '@concordat/agreement';
import { heldBy, isSameProvider, type Offered } from '@concordat/agreement/core';
import type { Refusal } from '@concordat/journal/core';
import { isOwn } from '@concordat/pathway/core';
import { Clock, concordatNamespace, Fingerprints, isUuid, londonDay, newId, Problem, uuidv5 } from '@concordat/platform';
import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Frame } from './frame.js';
import { pathwayTitle, stageTitle } from './names.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { counted, dayOf, upper } from './words/say.js';

type Typed = Readonly<Record<string, unknown>>;
const query = z.object({ accepted: z.string().max(200).optional() });
const becomes = [['comes-along', 'Comes along'], ['hands-over', 'Hands over'], ['stays', 'Stays behind']] as const;
const peopleAPage = 200;

/** What other organisations offer to this one as their successor, and the form by which one of them is accepted. */
@UseFilters(PageFilter)
@Controller('agreements/transfers')
export class TransfersPage {
  constructor(
    private readonly frame: Frame,
    private readonly transfers: Transfers,
    private readonly people: People,
    private readonly providers: Providers,
    private readonly commands: CommandBus,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query({ schema: query }) { accepted }: z.infer<typeof query>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.open', request, reply);
    if (reader === undefined) return;
    const offered = (await this.transfers.list(reader.principal.tenant)).filter(({ agreement }) => agreement.id !== accepted);
    await this.frame.send(request, reply, 'transfers', { reader, place: '/agreements' }, {
      headline: offered.length === 0 ? 'Nothing is offered to your organisation.' : `${counted(offered.length, 'agreement is', 'agreements are')} offered to your organisation.`,
      accepted: accepted !== undefined && isUuid(accepted) ? `/agreements/${accepted}` : undefined,
      offered: offered.map(({ agreement, from }) => ({
        title: agreement.title, href: `/agreements/transfers/${agreement.id}`, by: stageTitle(agreement, agreement.stage), cells: [from.name, agreement.transfer.offer?.basis ?? '', dayOf(agreement.transfer.offer?.on ?? '')],
      })),
    });
  }

  @Get(':id')
  async form(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.open', request, reply);
    if (reader === undefined) return;
    await this.show(reader, await this.found(reader, id), {}, [], request, reply);
  }

  @Post(':id')
  async accept(@Param('id') id: string, @Body() typed: Typed, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.open', request, reply);
    if (reader === undefined) return;
    const { tenant, actor, id: person } = reader.principal;
    const offered = await this.found(reader, id);
    const said = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '');
    const body = commandInputs['accept-transfer'].parse({
      providers: offered.providers.flatMap(({ id: from }) => (isUuid(said(`provider.${from}`)) ? [{ from, to: said(`provider.${from}`) }] : [])),
      // Who was left out, the refusal names.
      people: offered.people.flatMap(({ id: from }) => {
        const [is, to] = [said(`is.${from}`), said(`to.${from}`)];
        if (is === 'stays') return [{ from, is }];
        return (is === 'comes-along' || is === 'hands-over') && isUuid(to) ? [{ from, is, to }] : [];
      }),
    });
    const outcome: CommandOutcome = await this.commands.execute(
      new AgreementCommand({ name: 'accept-transfer', agreement: id, ...body }, {
        tenant, actor, correlationId: request.id,
        commandId: uuidv5(concordatNamespace, `${tenant}/${person}/${isUuid(said('key')) ? said('key') : newId()}`),
        fingerprint: this.fingerprints.of(['accept-transfer', id, body]),
      }),
    );
    if (outcome.outcome === 'recorded') return reply.redirect(`/agreements/transfers?accepted=${id}`, 303);
    if (outcome.outcome === 'refused') return this.show(reader, offered, typed, outcome.refusals, request, reply);
    throw new Problem({ status: 409, code: 'version.conflict', title: 'This was sent before', detail: 'Open what is offered again to see what became of it.' });
  }

  private async show(reader: Reader, { from, agreement, people, providers }: Offered, typed: Typed, refusals: readonly Refusal[], request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { tenant } = reader.principal;
    const [ours, theirs] = [await this.everybody(tenant), await this.providers.list(tenant, { limit: peopleAPage })];
    const held = heldBy(agreement);
    const said = (name: string) => (typeof typed[name] === 'string' ? typed[name] : undefined);
    const { offer } = agreement.transfer;
    await this.frame.send(request, reply, 'transfer', { reader, place: '/agreements', status: refusals.length > 0 ? 422 : 200 }, {
      action: `/agreements/transfers/${agreement.id}`,
      key: newId(),
      title: agreement.title,
      facts: [
        { label: 'From', fact: from.name },
        { label: 'Legal basis', fact: offer?.basis ?? '' },
        { label: 'It can be accepted from', fact: dayOf(offer?.on ?? '') },
        { label: 'Commissioning process', fact: `${pathwayTitle(`${agreement.pathway.id}@${agreement.pathway.version}`)}${isOwn(agreement.pathway.id) ? `, which comes along from ${from.name}` : ''}` },
        { label: 'It stands in', fact: stageTitle(agreement, agreement.stage) },
      ],
      early: (offer?.on ?? '') > londonDay(this.clock.now()),
      refusals: refusals.map(({ asks, missing }) => ({ asks, missing: missing.map(({ what }) => upper(what.replaceAll(/(?:person|provider)-[0-9a-f-]{36}: /g, ''))) })),
      providers: providers.map((one) => {
        const name = `provider.${one.id}`;
        const now = said(name) ?? theirs.find((own) => isSameProvider(one, own))?.id;
        return select(name, `${one.name}${one.identifiers.map(({ scheme, id }) => `, ${scheme} ${id}`).join('')}`, theirs.map((own) => [own.id, own.name]), now);
      }),
      people: people.map((one) => {
        const [is, to] = [`is.${one.id}`, `to.${one.id}`];
        const answersFor = held.get(one.id);
        return {
          name: one.name,
          hint: answersFor === undefined ? undefined : `Has ${answersFor.join(', ')}`,
          is, idPrefix: `is-${one.id}`,
          ways: becomes.filter(([value]) => value !== 'stays' || answersFor === undefined).map(([value, text]) => ({ value, text, checked: said(is) === value })),
          who: select(to, `Who here, in the place of ${one.name}`, ours, said(to)),
        };
      }),
    });
  }

  private async everybody(tenant: string): Promise<readonly (readonly [string, string])[]> {
    const all: (readonly [string, string])[] = [];
    for (let after: string | undefined; ; ) {
      const page = await this.people.list(tenant, { limit: peopleAPage, ...(after !== undefined && { after }) });
      all.push(...page.filter(({ person }) => !person.disabled).map(({ id, name }) => [id, name] as const));
      if (page.length < peopleAPage) return all.toSorted(([, one], [, other]) => one.localeCompare(other, 'en-GB'));
      after = page.at(-1)?.id;
    }
  }

  /** @throws Problem 404. */
  private async found({ principal: { tenant } }: Reader, id: string): Promise<Offered> {
    const offered = isUuid(id) ? await this.transfers.offered(tenant, id) : undefined;
    if (offered === undefined) throw new Problem({ status: 404, code: 'transfer.not-offered', title: 'This is not offered to your organisation', detail: 'Another organisation offers an agreement to yours once a second person there agreed, and as long as it does not withdraw.' });
    return offered;
  }
}

function select(name: string, text: string, options: readonly (readonly [string, string])[], now: string | undefined) {
  return {
    id: name.replace('.', '-'), name, label: { text },
    items: [{ value: '', text: 'Choose' }, ...options.map(([value, called]) => ({ value, text: called, selected: value === now }))],
  };
}
