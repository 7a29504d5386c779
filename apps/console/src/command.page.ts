import { type AgreementCommandInput, commandInputs } from '@concordat/agreement';
import { agreementStream, type CommandName, commandNames, isCurrent, rightOf } from '@concordat/agreement/core';
import { actorName, reachOf } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import { Clock, londonDay, Problem } from '@concordat/platform';
import { BeforeAsking } from '@concordat/register';
import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { type Clash, CommandDesk, type FormCommand, standing } from './command-desk.js';
import { follows } from './form/choice-table.js';
import type { Scene } from './form/choices.js';
import { asksAnything, formShown } from './form/form-shown.js';
import { type FormFault, readForm, rowsOf, type Typed, typedOf, withoutRow } from './form/read-form.js';
import { type Desk, FormDesk, typedIn, withNewcomers } from './form-desk.js';
import { Frame } from './frame.js';
import { Names, stageTitle } from './names.js';
import { Outlook } from './outlook.js';
import { PageFilter } from './page.filter.js';
import { askedBeforeShown } from './planning-shown.js';
import { risksAskedAbout } from './risk-shown.js';
import { mayCommand, mayDeclareAs, rightsMissing } from './sight.js';
import { commandWords } from './words/en.js';
import { labelOf, missingShown, oneOf, roleOf, upper } from './words/say.js';

type Body = Readonly<Record<string, unknown>>;

/** Which page a form leads back to. */
const tabOf: { readonly [C in CommandName]?: string } = {
  'raise-risk': '/risk', 'rescore-risk': '/risk', 'close-risk': '/risk', 'review-risk': '/risk', 'acknowledge-risk': '/risk', 'raise-opportunity': '/risk', 'rescore-opportunity': '/risk', 'close-opportunity': '/risk', 'add-control': '/risk',
  'record-control-proof': '/risk', 'end-control': '/risk', 'record-incident': '/risk', 'withdraw-incident': '/risk', 'answer-risk-prompt': '/risk', 'convene-risk-panel': '/risk', 'record-panel-advice': '/risk', 'answer-panel-advice': '/risk',
  'seek-statement': '/risk', 'record-statement': '/risk', 'reply-to-objection': '/risk', 'second-reply': '/risk',
  'lift-conflict': '/sign-offs', 'request-sign-off': '/sign-offs', 'sign-off': '/sign-offs', 'second-sign-off': '/sign-offs', 'meet-sign-off-condition': '/sign-offs', 'renew-sign-off-condition': '/sign-offs', 'renew-sign-off': '/sign-offs', 'withdraw-sign-off': '/sign-offs',
  'note-late-entries': '/involvement', 'erase-participant': '/involvement',
  'open-consultation': '/award', 'extend-consultation': '/award', 'withdraw-consultation': '/award', 'answer-for-consultation': '/award', 'consider-consultation': '/award',
  'call-in-decision': '/award', 'conclude-call-in': '/award', 'record-challenge': '/award', 'conclude-challenge': '/award', 'record-published-notice': '/award',
  'plan-publication': '/award', 'withhold-publication': '/award', 'lift-withholding': '/award', publish: '/award',
  'record-decision': '/award', 'second-decision': '/award', 'invite-provider': '/award', 'uninvite-provider': '/award', 'propose-award': '/award', 'publish-award-notice': '/award', 'accept-award': '/award', 'propose-lots': '/award',
  'set-criterion': '/award', 'appoint-evaluator': '/award', 'record-evaluator-declaration': '/award', 'record-evaluator-training': '/award', 'record-assessment': '/award', 'stand-down-evaluator': '/award', 'consider-option': '/award', 'discuss-option': '/award',
  'set-kpi': '/delivery', 'record-observation': '/delivery', 'record-finding': '/delivery', 'discuss-difference': '/delivery', 'agree-obligation': '/delivery', 'withdraw-obligation': '/delivery', 'meet-obligation': '/delivery', 'begin-cycle': '/delivery', 'end-cycle': '/delivery', 'hold-review-meeting': '/delivery', 'agree-action': '/delivery',
  'complete-action': '/delivery', 'raise-provider-concern': '/delivery', 'answer-provider-concern': '/delivery', 'record-expiry': '/delivery', 'record-quality-visit': '/delivery', 'show-improvement': '/delivery', 'set-rate': '/delivery', 'commit-funding': '/delivery', 'record-spend': '/delivery', 'propose-variation': '/delivery', 'record-asked-again': '/delivery', 'record-not-asked-again': '/delivery', 'test-modification': '/delivery', 'decide-variation': '/delivery', 'second-variation': '/delivery', 'accept-variation': '/delivery', 'carry-out-variation': '/delivery', 'plan-exit': '/delivery', 'record-transition': '/delivery', 'plan-staff-transfer': '/delivery', 'record-staff-information': '/delivery', 'record-provider-engagement': '/award',
  'name-outcome': '/value', 'link-outcome': '/value', 'record-measurement': '/value', 'name-benefit': '/value', 'observe-benefit': '/value', 'record-cost': '/value', 'record-hours-wanted': '/value',
  split: '/tree', 'call-off': '/tree', 'place-people': '/tree', 'link-agreement': '/tree', 'unlink-agreement': '/tree',
};
/** The part of an agreement that a command is about, as its address ends. */
export const goesTo = (command: CommandName): string => tabOf[command] ?? (rightOf[command].startsWith('involvement.') ? '/involvement' : '');

/** One form for every command, made from its schema: filled in, looked at, confirmed. */
@UseFilters(PageFilter)
@Controller()
export class CommandPage {
  constructor(
    private readonly frame: Frame,
    private readonly forms: FormDesk,
    private readonly desk: CommandDesk,
    private readonly names: Names,
    private readonly outlook: Outlook,
    private readonly clock: Clock,
    private readonly beforeAsking: BeforeAsking,
  ) {}

  @Get('agreements/new')
  async begin(@Query() query: Body, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.page('open-agreement', undefined, query, request, reply);
  }

  @Post('agreements/new')
  async open(@Body() body: Body | undefined, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.act('open-agreement', undefined, body, request, reply);
  }

  @Get('agreements/:id/do/:command')
  async form(@Param('id') id: string, @Param('command') command: string, @Query() query: Body, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.page(known(command), id, query, request, reply);
  }

  @Post('agreements/:id/do/:command')
  async send(@Param('id') id: string, @Param('command') command: string, @Body() body: Body | undefined, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.act(known(command), id, body, request, reply);
  }

  private async page(command: CommandName, id: string | undefined, query: Body, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const desk = await this.forms.sit(command, id, typedIn(query), request, reply);
    if (desk === undefined) return;
    const { agreement } = desk.scene;
    if (!mayCommand(desk.reader.principal.actor, command, desk.whole, this.today(), desk.scene.standsInFor.map((place) => place.actor))) return this.refuse(desk, rightsMissing(command), request, reply, 403);
    const input = { ...desk.typed, name: command, ...('about' in desk.typed && { risk: desk.typed['about'], activity: desk.typed['about'] }) } as unknown as AgreementCommandInput;
    const now = id === undefined ? undefined : standing(input, agreement);
    // What is recorded mostly happened today.
    const happened = Object.fromEntries(desk.fields.filter((field) => field.is === 'date' && /^(on|givenOn|decidedOn|raisedOn)$/.test(field.name)).map(({ name }) => [name, this.today()]));
    // A row for each contract: none is left out, and none is typed.
    const contracts = { agreements: agreement.award.awarded?.lots.map((lot) => ({ agreement: lot.agreement, commitments: [] })) ?? [] };
    const members = command === 'amend-facts' ? { facts: now } : command === 'rescore-risk' ? { scores: now } : command === 'review-risk' ? { levels: now, bearers: agreement.risk.find(({ id: risk }) => risk === desk.typed['about'])?.bearers } : command === 'split' ? contracts : now;
    const begun = { ...desk, typed: { ...typedOf(commandInputs[command], { ...happened, ...members }), ...desk.typed } };
    const given = isGiven(begun) ? givenIn(begun) : undefined;
    if (given === undefined) return this.show(begun, [], request, reply);
    // There is nothing to fill in, so the first page says at once what would happen, or why it cannot yet.
    await this.look({ ...desk, typed: { ...desk.typed, ...given } }, 'preview', request, reply, 200);
  }

  private async act(command: CommandName, id: string | undefined, body: Body | undefined, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const typed = typedIn(body);
    const [act = '', about = ''] = String(typed['act'] ?? 'preview').split(' ');
    const desk = await this.forms.sit(command, id, typed, request, reply);
    if (desk === undefined) return;
    if (act === 'add') return this.show({ ...desk, typed: { ...typed, [`rows:${about}`]: String(rowsOf(typed, about) + 1) } }, [], request, reply);
    if (act === 'remove') return this.show({ ...desk, typed: withoutRow(typed, about) }, [], request, reply);
    if (act === 'change') return this.show(desk, [], request, reply);
    await this.look(desk, act === 'confirm' ? 'confirm' : 'preview', request, reply);
  }

  /** Reads what was typed, and rehearses or records it. `refused`: the status of a page that says why it cannot be done. */
  private async look(desk: Desk, act: 'preview' | 'confirm', request: FastifyRequest, reply: FastifyReply, refused = 422): Promise<void> {
    const { command, typed } = desk;
    const read = readForm(commandInputs[command] as z.ZodType<object>, withNewcomers(typed, desk.fields, desk.scene.key));
    if ('faults' in read) {
      const asked = read.faults.filter(({ name }) => !follows(command, name));
      return this.show(desk, asked.length > 0 ? asked : read.faults, request, reply);
    }
    const input = { ...read.value, name: command, agreement: desk.scene.agreement.id } as AgreementCommandInput;
    const form: FormCommand = { who: desk.reader.principal, input, key: desk.scene.key, version: desk.version, correlationId: request.id };
    if (act === 'confirm') return this.confirm(desk, form, request, reply);
    await this.preview(desk, form, request, reply, refused);
  }

  private async preview(desk: Desk, form: FormCommand, request: FastifyRequest, reply: FastifyReply, refused: number): Promise<void> {
    const outcome = await this.desk.rehearse(form);
    if (outcome.outcome === 'refused') return this.refuse(desk, outcome.refusals, request, reply, refused);
    if (outcome.outcome !== 'would-record') throw new Error(`A rehearsal of ${desk.command} was ${outcome.outcome}.`);
    const { tenant, actor } = desk.reader.principal;
    const named = await this.names.more(tenant, desk.scene.named, outcome.events);
    const before = await this.beforeAsking.warnings(tenant, reachOf(actor, 'agreement.read', this.today()), this.desk.pretended(form));
    await this.frame.send(request, reply, 'preview', { reader: desk.reader, place: '/agreements' }, {
      ...this.head(desk),
      typed: hiddenOf(desk),
      outlook: await this.outlook.of(tenant, desk.scene.agreement, outcome.events, named, actorName(actor)),
      askedBefore: askedBeforeShown(before),
    });
  }

  private async confirm(desk: Desk, form: FormCommand, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const outcome = await this.desk.record(form);
    const id = form.input.agreement;
    switch (outcome.outcome) {
      case 'recorded': {
        const stream = agreementStream(id);
        const versions = outcome.receipt.events.filter((event) => event.stream === stream).map(({ version }) => version);
        const did = versions.length === 0 ? `&done=${desk.command}` : `&did=${versions[0]}-${versions.at(-1)}`;
        await reply.redirect(`/agreements/${id}${leadsBackTo(desk)}?at=${outcome.receipt.position}${did}`, 303);
        return;
      }
      case 'refused':
        return this.refuse(desk, outcome.refusals, request, reply);
      case 'clash':
        return this.clash(desk, outcome.clashes, outcome.version, request, reply);
      case 'key-reused':
        throw new Problem({ status: 422, code: 'idempotency.key-reused', title: 'This form was sent before with something else in it', detail: 'What it said the first time was recorded. Open the form again to record something more.' });
      default:
        throw new Problem({ status: 409, code: 'version.conflict', title: 'Others were quicker', detail: 'This was changed by others several times while it was decided. Nothing was done. Go back and send it again.' });
    }
  }

  private async clash(desk: Desk, clashes: readonly Clash[], version: number, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const named = await this.names.more(desk.reader.principal.tenant, desk.scene.named, clashes);
    const prefix = desk.command === 'amend-facts' ? 'facts.' : desk.command === 'rescore-risk' ? 'scores.' : desk.command === 'review-risk' ? 'levels.' : '';
    const rows = clashes.map(({ name, before, now, yours }) => {
      const path = `${prefix}${name}`;
      return { title: labelOf(desk.command, path), cells: [before, now, yours].map((one) => named.said(one, path)) };
    });
    await this.show({ ...desk, version }, [], request, reply, { clashes: rows }, 409);
  }

  private async refuse(desk: Desk, refusals: readonly Refusal[], request: FastifyRequest, reply: FastifyReply, status = 422): Promise<void> {
    const { agreement } = desk.scene;
    const { tenant, actor } = desk.reader.principal;
    const may = (name: CommandName, role: string) => mayCommand(actor, name, desk.whole, this.today()) && mayDeclareAs(actor, name, role);
    const [named, holders] = await Promise.all([this.names.more(tenant, desk.scene.named, refusals), this.forms.holders(tenant, actor, agreement)]);
    const shown = refusals.map(({ code, asks, missing }) =>
      code === 'right.missing'
        ? { asks: 'You may not do this yourself.', missing: [], can: `${upper(oneOf(missing.map(({ suppliedBy }) => [roleOf(suppliedBy), ...(holders.has(suppliedBy) ? [`(${holders.get(suppliedBy)})`] : [])].join(' '))))} can.` }
        : { asks: named.asked(asks), missing: missing.map((one) => ({ ...missingShown(agreement.id, one, named, may), who: holders.get(one.suppliedBy) })) },
    );
    await this.frame.send(request, reply, 'refused', { reader: desk.reader, place: '/agreements', status }, { ...this.head(desk), typed: hiddenOf(desk), refusals: shown, asked: status !== 403, already: refusals.every(({ code }) => code === 'already-so') });
  }

  private async show(desk: Desk, faults: readonly FormFault[], request: FastifyRequest, reply: FastifyReply, more: object = {}, status = faults.length > 0 ? 422 : 200): Promise<void> {
    const form = formShown(desk.command, desk.fields, desk.typed, faults, desk.scene);
    await this.frame.send(request, reply, 'form', { reader: desk.reader, place: '/agreements', status }, { ...this.head(desk), ...viewAsked(desk), paper: paperRead(desk), form, ...more });
  }

  private head(desk: Desk) {
    const { command, scene: { agreement, key, named }, version, typed } = desk;
    const opening = command === 'open-agreement';
    return {
      words: { ...commandWords[command], says: named.fixed(commandWords[command].says) },
      action: opening ? '/agreements/new' : `/agreements/${agreement.id}/do/${command}`,
      back: opening ? '/agreements' : `/agreements/${agreement.id}${leadsBackTo(desk)}`,
      agreement: opening ? undefined : { href: `/agreements/${agreement.id}`, title: agreement.title, stage: stageTitle(agreement, agreement.stage) },
      key,
      version,
      only: typed['only'],
      about: typed['about'],
      editable: !isGiven(desk),
    };
  }

  private today(): string {
    return londonDay(this.clock.now());
  }
}

/** @throws Problem 404 for a name that is no command. */
function known(name: string): CommandName {
  const command = commandNames.find((one) => one === name);
  if (command !== undefined) return command;
  throw new Problem({ status: 404, code: 'command.unknown', title: 'Page not found', detail: 'There is no such form. Begin at the agreement.' });
}

/** Whoever gives a view has before them what it is about, however often the form comes back. */
function viewAsked({ command, scene }: Desk): object {
  const asked = command === 'record-statement' ? scene.agreement.statements.find(({ id }) => id === scene.chosen('statement')) : undefined;
  return asked === undefined ? {} : { viewAsked: true, ...risksAskedAbout(asked, scene) };
}

/** Whoever decides, and whoever reads a decision as the second person, is led to the paper whose version they name; of a variation to where all of it stands. */
export function paperRead({ command, scene: { agreement } }: { readonly command: CommandName; readonly scene: Pick<Scene, 'agreement'> }) {
  if (command === 'decide-variation' || command === 'second-variation') return { ofVariation: true };
  return command === 'record-decision' || command === 'second-decision' ? { stale: agreement.decision !== null && !isCurrent(agreement) } : undefined;
}

/** The part this form leads back to: what is called in may be the decision on a variation, which is read where it was proposed. */
export function leadsBackTo({ command, scene: { agreement, chosen } }: { readonly command: CommandName; readonly scene: Pick<Scene, 'agreement' | 'chosen'> }): string {
  const calledIn = command === 'call-in-decision' || command === 'conclude-call-in' ? (chosen('decision') ?? chosen('about')) : undefined;
  return agreement.variations.some(({ variation }) => variation === calledIn) ? '/delivery' : goesTo(command);
}

/** Is everything the command asks for given? Whoever says that they have read a version is shown it first. */
function isGiven({ command, fields, typed, scene }: Desk): boolean {
  return !fields.some(({ is }) => is === 'version') && !asksAnything(formShown(command, fields, typed, [], scene));
}

function givenIn({ command, fields, typed, scene }: Desk): Typed {
  const { widgets } = formShown(command, fields, typed, [], scene);
  return Object.fromEntries(widgets.flatMap((widget) => (widget.is === 'given' || widget.is === 'hidden' ? [[widget.name, widget.value] as const] : [])));
}

/** What was typed as hidden inputs, so that it comes along to the next page. */
function hiddenOf({ typed }: Desk): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(typed)
    .filter(([name]) => !['act', 'key', 'version', 'only', 'about'].includes(name))
    .flatMap(([name, value]) => (typeof value === 'string' ? [value] : value).map((one) => ({ name, value: one })));
}
