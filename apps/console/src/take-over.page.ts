import type { CommandOutcome } from '@concordat/access';
import { AgreementCommand, Agreements, civilDate, commandInputs } from '@concordat/agreement';
import { takeOverOf, takenOverAs } from '@concordat/exchange';
import type { Refusal } from '@concordat/journal/core';
import { OwnPathways, pathways, routes } from '@concordat/pathway';
import { agreementKinds, tierRaises } from '@concordat/pathway/core';
import { Clock, concordatNamespace, Fingerprints, isUuid, londonDay, newId, Problem, uuidv5 } from '@concordat/platform';
import { type Contract, ContractRegister } from '@concordat/register';
import { Body, Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { typedIn } from './form-desk.js';
import { type FormFault, readForm, type Typed } from './form/read-form.js';
import { Frame } from './frame.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { faults, whatRaises } from './words/en.js';
import { codeOf, dayOf, moneyOf } from './words/say.js';

const asked = commandInputs['take-over-agreement'].pick({ kind: true, pathway: true, route: true, stage: true, raises: true })
  .extend({ period: z.strictObject({ startsOn: civilDate, endsOn: civilDate }).optional() });
const labels = { kind: 'Kind', pathway: 'Commissioning process', route: 'Route', stage: 'Stage' } as const;
const days = { 'period.startsOn': 'It runs from', 'period.endsOn': 'It runs to' } as const;
type Asked = keyof typeof labels;
type Day = keyof typeof days;

/** A contract of the register is taken over into an agreement, at the stage it stands in. */
@UseFilters(PageFilter)
@Controller('register/contracts')
export class TakeOverPage {
  constructor(
    private readonly frame: Frame,
    private readonly register: ContractRegister,
    private readonly ownPathways: OwnPathways,
    private readonly agreements: Agreements,
    private readonly commands: CommandBus,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get(':id/take-over')
  async form(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.open', request, reply);
    if (reader === undefined) return;
    const { contract } = await this.found(reader, id);
    const begun = { kind: 'contract', 'pathway.id': 'standard', stage: 'delivery', ...(contract.route !== null && { 'route.id': contract.route }) };
    await this.show(reader, contract, begun, [], [], request, reply);
  }

  @Post(':id/take-over')
  async take(@Param('id') id: string, @Body() body: Readonly<Record<string, unknown>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.open', request, reply);
    if (reader === undefined) return;
    const { tenant, actor, id: person } = reader.principal;
    const { contract, agreement } = await this.found(reader, id);
    const typed = typedIn(body);
    const read = readForm(asked, typed);
    if ('faults' in read) return this.show(reader, contract, typed, read.faults, [], request, reply);
    const key = typed['key'];
    const command = takeOverOf(contract, agreement, read.value);
    const outcome: CommandOutcome = await this.commands.execute(
      new AgreementCommand(command, {
        tenant, actor, correlationId: request.id,
        commandId: uuidv5(concordatNamespace, `${tenant}/${person}/${typeof key === 'string' && isUuid(key) ? key : newId()}`),
        fingerprint: this.fingerprints.of(['take-over', command]),
      }),
    );
    // Whoever took it over first may have died before the contract was told.
    if ((await this.agreements.find(tenant, agreement)) !== undefined) await this.register.takenOver(tenant, id, agreement);
    if (outcome.outcome === 'recorded') return reply.redirect(`/agreements/${agreement}?at=${outcome.receipt.position}`, 303);
    if (outcome.outcome === 'refused') return this.show(reader, contract, typed, [], outcome.refusals, request, reply);
    throw new Problem({ status: 409, code: 'version.conflict', title: 'This was sent before', detail: 'Open the contract again to see what became of it.' });
  }

  private async show(reader: Reader, contract: Contract, typed: Typed, wrong: readonly FormFault[], refusals: readonly Refusal[], request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.ownPathways.learn(reader.principal.tenant);
    const chosen = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '');
    const errorOf = (name: Asked) => (wrong.some((fault) => fault.name.split('.')[0] === name) ? faults.choose(labels[name]) : undefined);
    const dayError = (name: Day) => { const found = wrong.find((fault) => fault.name === name); return found === undefined ? undefined : found.fault === 'missing' ? faults.day(days[name]) : faults.date(days[name]); };
    const key = chosen('key');
    const inUse = pathways.allInUseFor(reader.principal.tenant, londonDay(this.clock.now()));
    const stages = [...new Map(inUse.flatMap((pathway) => pathway.stages.map(({ id, title }) => [id, title] as const)))];
    await this.frame.send(request, reply, 'take-over', { reader, place: '/register', status: wrong.length + refusals.length > 0 ? 422 : 200 }, {
      action: `/register/contracts/${contract.id}/take-over`,
      back: `/register/contracts/${contract.id}`,
      key: isUuid(key) ? key : newId(),
      contract: {
        title: contract.title,
        facts: [
          { label: 'Value', fact: contract.value === null ? 'not known' : moneyOf({ amount: contract.value, currency: 'GBP' }) },
          { label: 'From', fact: contract.startsOn === null ? 'not known' : dayOf(contract.startsOn) },
          { label: 'To', fact: contract.endsOn === null ? 'not known' : dayOf(contract.endsOn) },
          { label: 'Source', fact: `${contract.source.file}, row ${contract.source.row}` },
        ],
      },
      refusals: refusals.map(({ asks }) => asks),
      errors: [
        ...(Object.keys(labels) as Asked[]).flatMap((name) => { const text = errorOf(name); return text === undefined ? [] : [{ text, href: `#${name}` }]; }),
        ...(Object.keys(days) as Day[]).flatMap((name) => { const text = dayError(name); return text === undefined ? [] : [{ text, href: `#${idOf(name)}-day` }]; }),
      ],
      days: contract.startsOn !== null && contract.endsOn !== null ? [] : (Object.keys(days) as Day[]).map((name) => dayOfForm(name, typed, dayError(name))),
      raises: raisesOf(typed),
      selects: [
        selectOf('kind', 'kind', agreementKinds.map((kind) => [kind, codeOf(kind)]), chosen('kind'), errorOf('kind')),
        selectOf('pathway', 'pathway.id', inUse.map(({ id, title }) => [id, title]), chosen('pathway.id'), errorOf('pathway')),
        selectOf('stage', 'stage', stages, chosen('stage'), errorOf('stage'), 'The gates before it are shown as not evidenced'),
        selectOf('route', 'route.id', routes.latest().map(({ id, title }) => [id, title]), chosen('route.id'), errorOf('route'), 'The law it was bought under, as far as it is known'),
      ],
    });
  }

  /** The contract, and the id of the agreement it becomes. @throws Problem 404, or 409 where it is an agreement already that was not cancelled. */
  private async found({ principal: { tenant } }: Reader, id: string): Promise<{ readonly contract: Contract; readonly agreement: string }> {
    const found = isUuid(id) ? await this.register.find(tenant, id) : undefined;
    if (found === undefined) throw new Problem({ status: 404, code: 'contract.unknown', title: 'There is no such contract', detail: 'It is not in the register of your organisation.' });
    const { contract } = found;
    const lifecycle = contract.agreement === null ? 'none' : (await this.agreements.find(tenant, contract.agreement))?.agreement.lifecycle;
    if (contract.agreement !== null && lifecycle !== 'cancelled') throw new Problem({ status: 409, code: 'contract.taken-over', title: 'This contract is an agreement already', detail: 'It was taken over before. Its page in the register leads to the agreement.' });
    return { contract, agreement: takenOverAs(tenant, contract, lifecycle) };
  }
}

function selectOf(id: Asked, name: string, options: readonly (readonly [string, string])[], now: string, error: string | undefined, hint?: string) {
  return {
    id, name, label: { text: labels[id], classes: 'govuk-label--s' },
    items: [{ value: '', text: 'Choose' }, ...options.map(([value, text]) => ({ value, text, selected: value === now }))],
    ...(hint !== undefined && { hint: { text: hint } }),
    ...(error !== undefined && { errorMessage: { text: error } }),
  };
}

/** What lifts it one tier: whoever ticks nothing says that none of these holds. */
function raisesOf(typed: Typed) {
  const now = typed['raises'] ?? [];
  return {
    idPrefix: 'raises', name: 'raises', classes: 'govuk-checkboxes--small', fieldset: { legend: { text: whatRaises.label, classes: 'govuk-fieldset__legend--s' } }, hint: { text: whatRaises.hint },
    items: Object.keys(tierRaises).map((value) => ({ value, text: codeOf(value), checked: now === value || now.includes(value) })),
  };
}

const idOf = (name: Day): string => name.replace('.', '-');

/** A day as a form asks it, which the register does not know. */
function dayOfForm(name: Day, typed: Typed, error: string | undefined) {
  const hint = name === 'period.startsOn' ? 'The register does not say it' : 'Of a contract that rolls on, the next day on which it can be ended';
  return {
    id: idOf(name), fieldset: { legend: { text: days[name], classes: 'govuk-fieldset__legend--s' } }, hint: { text: `${hint}. For example, 27 3 2026` },
    items: [['day', 'Day', 2], ['month', 'Month', 2], ['year', 'Year', 4]].map(([part, label, width]) => ({
      id: `${idOf(name)}-${part}`, name: `${name}.${part}`, label, classes: `govuk-input--width-${width}${error === undefined ? '' : ' govuk-input--error'}`, value: typed[`${name}.${part}`] ?? '',
    })),
    ...(error !== undefined && { errorMessage: { text: error } }),
  };
}
