import { type CommandOutcome, People, PersonCommand, type PersonRequest, Sessions } from '@concordat/access';
import { delegationsTo, isAway, maySign, type Person } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import { type Discipline, disciplines, disciplineTitles } from '@concordat/pathway/core';
import { Clock, concordatNamespace, Fingerprints, isUuid, londonDay, newId, uuidv5 } from '@concordat/platform';
import { Agreements, civilDate } from '@concordat/agreement';
import { AgreementList } from '@concordat/register';
import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { typedIn } from './form-desk.js';
import { type FormFault, readForm, type Typed } from './form/read-form.js';
import { Frame } from './frame.js';
import { PageFilter } from './page.filter.js';
import { type Reader, SignedIn } from './signed-in.js';
import { dayOf, upper } from './words/say.js';

const delegating = z.object({
  to: z.uuid('Choose who signs in your place'),
  discipline: z.enum(disciplines),
  agreement: z.uuid().optional(),
  from: civilDate,
  until: civilDate,
  upTo: z.int().min(0).max(1_000_000_000).optional(),
  when: z.enum(['always', 'absent']),
});
const away = z.object({ from: civilDate, until: civilDate });
const mostListed = 200;
const query = z.object({ done: z.literal('yes').optional().catch(undefined) });

type Fault = { readonly text: string; readonly href: string };

/** Who signs in the place of whoever is signed in, when they are away, and in whose place they sign. */
@UseFilters(PageFilter)
@Controller('stand-ins')
export class StandInsPage {
  constructor(
    private readonly frame: Frame,
    private readonly people: People,
    private readonly agreements: Agreements,
    private readonly list: AgreementList,
    private readonly commands: CommandBus,
    private readonly sessions: Sessions,
    private readonly signedIn: SignedIn,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get()
  async read(@Query({ schema: query }) { done }: z.infer<typeof query>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader !== undefined) await this.show(reader, {}, [], request, reply, done !== undefined);
  }

  /** One of: `delegate`, `withdraw <delegation>`, `away`, `back <absence>`. */
  @Post()
  async act(@Body() body: Readonly<Record<string, unknown>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const typed = typedIn(body);
    const [act = '', about = ''] = String(typed['act'] ?? '').split(' ');
    const key = typeof typed['key'] === 'string' && isUuid(typed['key']) ? typed['key'] : newId();
    const asked = requestOf(act, about, reader.principal.id, key, typed);
    if ('faults' in asked) return this.show(reader, typed, asked.faults, request, reply);
    const refused = await this.send(reader, asked.request, key, request);
    if (refused.length > 0) {
      const anchor = act === 'away' ? '#away-from-day' : '#to';
      return this.show(reader, typed, refused.map(({ asks }) => ({ text: asks, href: anchor })), request, reply);
    }
    await this.staySignedIn(reader, request, reply);
    await reply.redirect('/stand-ins?done=yes', 303);
  }

  // Whatever happens to a person ends their sessions, and this they did themselves in one of them: it goes on as a new one.
  private async staySignedIn({ principal: { tenant, id } }: Reader, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const before = this.signedIn.secretOf(request);
    const session = await this.sessions.start(tenant, id);
    if (session === undefined) return;
    if (before !== undefined) await this.sessions.end(before);
    this.signedIn.keep(reply, session.secret);
  }

  /** Records it, and gives no refusal, or every one. */
  private async send({ principal }: Reader, asked: PersonRequest, key: string, request: FastifyRequest): Promise<readonly Refusal[]> {
    const { tenant, actor, id } = principal;
    const unknown = await this.agreements.refuseUnknown(tenant, asked);
    const commandId = uuidv5(concordatNamespace, `${tenant}/${id}/stand-ins/${key}`);
    const ask = { tenant, actor, commandId, fingerprint: this.fingerprints.of(['stand-ins', asked]), correlationId: request.id };
    const outcome = await this.commands.execute<PersonCommand, CommandOutcome>(new PersonCommand(asked, ask, unknown.length > 0));
    return [...(outcome.outcome === 'refused' ? outcome.refusals : []), ...unknown];
  }

  private async show(reader: Reader, typed: Typed, errors: readonly Fault[], request: FastifyRequest, reply: FastifyReply, done = false): Promise<void> {
    const { tenant, id, actor } = reader.principal;
    const today = londonDay(this.clock.now());
    const own = (await this.people.find(tenant, id))?.person;
    const [signers, { rows: agreements }, named] = await Promise.all([
      this.people.list(tenant, { limit: mostListed, sees: (one) => one.id !== id && signsForOthers(one.person, today) }),
      this.list.page(tenant, await this.agreements.reach(tenant, actor, 'agreement.read', today), {}, { limit: mostListed }),
      Promise.all([...(own?.delegations ?? []).map(({ to }) => to), ...(own?.standsInFor ?? [])].map((person) => this.people.find(tenant, person))),
    ]);
    const entryOf = (person: string) => named.find((one) => one?.id === person);
    const titleOf = (agreement: string) => agreements.find((one) => one.id === agreement)?.title;
    const mine = own === undefined ? [] : own.grants.flatMap(({ role, discipline }) => (role === 'approver' && discipline !== undefined ? [discipline as Discipline] : []));
    const text = (field: string) => (typeof typed[field] === 'string' ? typed[field] : '');
    await this.frame.send(request, reply, 'stand-ins', { reader, place: '/', status: errors.length > 0 ? 422 : 200 }, {
      done,
      errors,
      key: newId(),
      away: own !== undefined && isAway(own, today),
      delegations: (own?.delegations ?? []).map((given) => ({
        id: given.delegation, who: entryOf(given.to)?.name ?? 'somebody', what: limitsOf(given, titleOf), state: given.until < today ? 'Over' : given.from > today ? 'Begins later' : given.when === 'absent' ? 'On days you are away' : 'In force',
        over: given.until < today,
      })),
      absences: (own?.absences ?? []).filter(({ until }) => until >= today).map(({ absence, from, until }) => ({ id: absence, says: `${dayOf(from)} to ${dayOf(until)}` })),
      standsInFor: (own?.standsInFor ?? []).flatMap((person) => {
        const entry = entryOf(person);
        return entry === undefined ? [] : delegationsTo(entry.person, id, today).map((given) => ({ who: entry.name, what: limitsOf(given, titleOf) }));
      }),
      disciplines: [...new Set(mine)].map((discipline) => ({ value: discipline, text: upper(disciplineTitles[discipline]), selected: text('discipline') === discipline })),
      people: [{ value: '', text: 'Choose' }, ...signers.map((one) => ({ value: one.id, text: one.name, selected: text('to') === one.id }))],
      agreements: [{ value: '', text: 'Every agreement I sign for' }, ...agreements.map((one) => ({ value: one.id, text: one.title, selected: text('agreement') === one.id }))],
      upTo: text('upTo'),
      when: ['always', 'absent'].map((value) => ({ value, text: value === 'always' ? 'On any day' : 'Only on days on which I am away', checked: (text('when') || 'absent') === value })),
      days: { delegate: days('', typed), away: days('away-', typed) },
    });
  }
}

/** Whoever the delegation would be refused for is not offered. */
const signsForOthers = (person: Person, today: string): boolean => !person.disabled && person.memberOf?.kind === 'organisation' && maySign(person, today);

function limitsOf({ discipline, from, until, upTo, agreements }: Person['delegations'][number], titleOf: (agreement: string) => string | undefined): string {
  const [only] = agreements?.length === 1 ? agreements.map(titleOf) : [];
  return [
    `${upper(disciplineTitles[discipline as Discipline] ?? discipline)}, ${dayOf(from)} to ${dayOf(until)}`,
    ...(upTo === null ? [] : [`up to £${upTo.toLocaleString('en-GB')}`]),
    ...(agreements === null ? [] : [only === undefined ? `${agreements.length} named ${agreements.length === 1 ? 'agreement' : 'agreements'}` : `on “${only}” alone`]),
  ].join(', ');
}

/** Two days as three inputs each, as they were typed. */
function days(prefix: string, typed: Typed) {
  return (['from', 'until'] as const).map((name) => ({
    legend: name === 'from' ? 'First day' : 'Last day',
    items: (['day', 'month', 'year'] as const).map((part) => {
      const field = `${prefix}${name}.${part}`;
      const value = typed[field];
      return { name: field, id: field.replace('.', '-'), label: upper(part), value: typeof value === 'string' ? value : '', width: part === 'year' ? 4 : 2 };
    }),
  }));
}

function requestOf(act: string, about: string, person: string, key: string, typed: Typed): { readonly request: PersonRequest } | { readonly faults: readonly Fault[] } {
  if (act === 'withdraw') return { request: { name: 'withdraw-delegation', person, delegation: about } };
  if (act === 'back') return { request: { name: 'end-absence', person, absence: about } };
  if (act === 'away') {
    const own = Object.fromEntries(Object.entries(typed).flatMap(([name, value]) => (name.startsWith('away-') ? [[name.slice('away-'.length), value]] : [])));
    const read = readForm(away, own);
    if ('faults' in read) return { faults: read.faults.map(({ name }) => ({ text: `Write the ${name === 'from' ? 'first' : 'last'} day you are away`, href: `#away-${name}-day` })) };
    return { request: { name: 'record-absence', person, absence: uuidv5(key, 'made'), ...read.value } };
  }
  const read = readForm(delegating, typed);
  if ('faults' in read) return { faults: read.faults.map(faultShown) };
  const { upTo, agreement, ...given } = read.value;
  return { request: { name: 'delegate', person, delegation: uuidv5(key, 'made'), ...given, upTo: upTo ?? null, agreements: agreement === undefined ? null : [agreement] } };
}

const saysOf: Readonly<Record<string, string>> = {
  to: 'Choose who signs in your place', discipline: 'Choose in which matter', from: 'Write the first day', until: 'Write the last day', upTo: 'Write the limit as whole pounds, or leave it empty', when: 'Choose when it holds',
};
const faultShown = ({ name }: FormFault): Fault => ({ text: saysOf[name] ?? 'Look at this again', href: name === 'from' || name === 'until' ? `#${name}-day` : `#${name}` });
