import { Agreements } from '@concordat/agreement';
import { Installation } from '@concordat/assembly';
import { Clock, isUuid, londonDay, Problem } from '@concordat/platform';
import { isCivilDate, isRecordableDate } from '@concordat/platform/core';
import { type Contract, type ContractChange, type ContractFilter, ContractRegister, contractsAsCalendar, contractsAsCsv, contractsAsXlsx, type ContractView, contractViews, type ExportedContract } from '@concordat/register';
import type { RenewalPlan } from '@concordat/register/core';
import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Frame } from './frame.js';
import { type FileForm, fileForms, fileLinks, sendFile } from './list-file.js';
import { type Named, Names, routeTitle } from './names.js';
import { markIn, markOf } from './page-mark.js';
import { PageFilter } from './page.filter.js';
import { mayForAll, whoCan } from './whole-organisation.js';
import { fieldWords, lengthOf, markWords, stepWords, viewWords } from './words/register-words.js';
import { codeOf, counted, dayOf, inDays, moneyOf, timeOf } from './words/say.js';

const pageSize = 50;
const said = (most: number) => z.string().max(most).optional().transform((text) => (text === '' ? undefined : text));
// `without` asks for the contracts that have no lead or provider: an empty field of a form asks for nothing.
const filterQuery = z.object({ view: z.enum(contractViews).optional().catch(undefined), lead: said(500), provider: said(500), without: z.enum(['lead', 'provider']).optional().catch(undefined), text: said(200) });
type FilterQuery = z.infer<typeof filterQuery>;
const listQuery = filterQuery.extend({ after: said(500) });
const groupQuery = z.object({ by: z.enum(['lead', 'provider']).catch('lead').default('lead') });
const downloadQuery = filterQuery.extend({ format: z.enum(fileForms).catch('csv').default('csv') });
const contractMark = z.object({ startsBy: z.string().refine(isRecordableDate), id: z.uuid() });
/** The contract register and its renewals pipeline: what runs out when, and when somebody must begin. */
@UseFilters(PageFilter)
@Controller('register')
export class RegisterPage {
  constructor(
    private readonly frame: Frame,
    private readonly register: ContractRegister,
    private readonly agreements: Agreements,
    private readonly names: Names,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query({ schema: listQuery }) { after, ...query }: z.infer<typeof listQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const { tenant, actor } = reader.principal;
    const [{ rows, next }, counts, kept] = await Promise.all([
      this.register.page(tenant, filterOf(query), { limit: pageSize, ...(after !== undefined && { after: markIn(contractMark, after) }) }),
      this.register.counts(tenant),
      this.register.keptCount(tenant),
    ]);
    const { clashes: _, ...states } = counts;
    await this.frame.send(request, reply, 'register', { reader, place: '/register' }, {
      filter: query,
      without: query.without === undefined ? undefined : `without a ${query.without}`,
      views: [{ text: 'All', href: address({ ...query, view: undefined }), here: query.view === undefined, count: Object.values(states).reduce((sum, count) => sum + count, 0) }, ...contractViews.map((view) => ({ text: viewWords[view], href: address({ ...query, view }), here: query.view === view, count: counts[view] }))],
      headline: headlineOf(counts),
      rows: rows.map(rowShown),
      next: next && address(query, { after: markOf(next) }),
      downloads: fileLinks(address(query, {}, '/register/download')),
      kept: kept === 0 ? undefined : `${counted(kept, 'row waits', 'rows wait')} to be mended or settled`,
      mayImport: mayForAll(actor, 'agreement.edit', this.today()),
    });
  }

  @Get('groups')
  async groups(@Query({ schema: groupQuery }) { by }: z.infer<typeof groupQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const groups = await this.register.groups(reader.principal.tenant, by);
    const late = groups.filter(({ alreadyLate }) => alreadyLate > 0);
    await this.frame.send(request, reply, 'register-groups', { reader, place: '/register' }, {
      title: by === 'lead' ? 'By lead officer' : 'By provider',
      heads: by === 'lead' ? 'Lead officer' : 'Provider',
      ways: (['lead', 'provider'] as const).map((one) => ({ text: one === 'lead' ? 'By lead officer' : 'By provider', href: `/register/groups?by=${one}`, here: one === by })),
      headline: groups.length === 0 ? 'No contract is in the register yet.' : `${counted(groups.length, by === 'lead' ? 'lead officer' : 'provider')}; ${late.length === 0 ? 'none has a contract that is late' : `${late.length} with a contract that is already late`}.`,
      rows: groups.map(({ name, contracts, alreadyLate, nextNinetyDays, noEndDate, value }) => {
        const who = name === null ? { without: by } : { [by]: name };
        return {
          name: name ?? `Without a ${by === 'lead' ? 'lead officer' : 'provider'}`,
          href: address(who),
          contracts, alreadyLate, nextNinetyDays, noEndDate,
          lateHref: address({ ...who, view: 'already-late' }),
          value: value === null ? '' : moneyOf({ amount: value, currency: 'GBP' }),
        };
      }),
    });
  }

  @Get('download')
  async download(@Query({ schema: downloadQuery }) { format, ...query }: z.infer<typeof downloadQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const contracts = await this.register.all(reader.principal.tenant, filterOf(query));
    await sendFile(reply, 'contracts', format, await fileOf(contracts, format, this.installation.publicUrl));
  }

  @Get('contracts/:id')
  async one(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const { tenant, actor } = reader.principal;
    const found = isUuid(id) ? await this.register.find(tenant, id) : undefined;
    if (found === undefined) throw new Problem({ status: 404, code: 'contract.unknown', title: 'There is no such contract', detail: 'It is not in the register of your organisation.' });
    const { contract, plan, history, raw } = found;
    const named = await this.names.for(tenant, undefined, history);
    const was = contract.agreement === null ? undefined : await this.agreements.find(tenant, contract.agreement);
    await this.frame.send(request, reply, 'register-contract', { reader, place: '/register' }, {
      contract: { ...rowShown(contract), facts: factsOf(contract), problems: contract.problems },
      plan: plan === null ? undefined : planShown(plan, contract),
      source: `${contract.source.file}${contract.source.sheet === null ? '' : `, ${contract.source.sheet}`}, row ${contract.source.row}`,
      cells: Object.entries(raw).map(([heading, cell]) => ({ heading, cell: String(cell) })),
      history: history.toReversed().map((change) => changeShown(change, named)),
      agreement: contract.agreement === null ? undefined : `/agreements/${contract.agreement}`,
      cancelled: was?.agreement.lifecycle === 'cancelled',
      takeOver: `/register/contracts/${id}/take-over`,
      whoCan: mayForAll(actor, 'agreement.open', this.today()) ? undefined : whoCan('agreement.open'),
    });
  }

  private today(): string {
    return londonDay(this.clock.now());
  }
}

function filterOf({ view, lead, provider, without, text }: FilterQuery): ContractFilter {
  return {
    ...(view !== undefined && { view }),
    ...(without === 'lead' ? { lead: null } : lead !== undefined && { lead }),
    ...(without === 'provider' ? { provider: null } : provider !== undefined && { provider }),
    ...(text !== undefined && { text }),
  };
}

function address(query: Partial<FilterQuery>, more: Readonly<Record<string, string>> = {}, path = '/register'): string {
  const asked = Object.entries({ ...query, ...more }).filter(([, value]) => value !== undefined) as [string, string][];
  return asked.length === 0 ? path : `${path}?${new URLSearchParams(asked).toString()}`;
}

function fileOf(contracts: readonly ExportedContract[], format: FileForm, publicUrl: string): string | Promise<Buffer> {
  switch (format) {
    case 'csv':
      return contractsAsCsv(contracts);
    case 'xlsx':
      return contractsAsXlsx(contracts);
    case 'json':
      return JSON.stringify({ items: contracts });
    case 'ics':
      return contractsAsCalendar(contracts, ({ id, agreement }) => `${publicUrl}${agreement === null ? `/register/contracts/${id}` : `/agreements/${agreement}`}`);
  }
}

function headlineOf(counts: Readonly<Record<ContractView, number>>): string {
  const { clashes: _, ...states } = counts;
  const all = Object.values(states).reduce((sum, count) => sum + count, 0);
  if (all === 0) return 'No contract is in the register yet.';
  const late = counts['already-late'];
  const soon = counts['next-90-days'];
  return `${counted(all, 'contract')}: ${late === 0 ? 'none' : late} ${late === 1 ? 'is' : 'are'} late already, ${soon} must be begun within 90 days.`;
}

function stateOf({ state, ended, lateByDays }: Contract): { readonly text: string; readonly tag: string } {
  switch (state) {
    case 'already-late':
      return { text: ended ? 'Ended' : `Late by ${counted(lateByDays ?? 0, 'day')}`, tag: 'govuk-tag--red' };
    case 'next-90-days':
      return { text: 'Next 90 days', tag: 'govuk-tag--yellow' };
    case 'later':
      return { text: 'Later', tag: 'govuk-tag--grey' };
    case 'no-end-date':
      return { text: 'No end date', tag: 'govuk-tag--orange' };
  }
}

function rowShown(contract: Contract) {
  const { id, title, reference, provider, lead, value, endsOn, latestSafeStart, clashUntil, problems } = contract;
  return {
    href: `/register/contracts/${id}`,
    title, reference, provider, lead,
    value: value === null ? undefined : moneyOf({ amount: value, currency: 'GBP' }),
    ends: endsOn === null ? 'not known' : dayOf(endsOn),
    start: latestSafeStart === null ? 'not known' : dayOf(latestSafeStart),
    state: stateOf(contract),
    clash: clashUntil !== null,
    toCheck: problems.length,
  };
}

function factsOf({ reference, provider, lead, value, startsOn, endsOn, extension, tier, tierUsed, route }: Contract) {
  const day = (date: string | null) => (date === null ? undefined : dayOf(date));
  const facts = {
    reference, provider, lead,
    value: value === null ? undefined : moneyOf({ amount: value, currency: 'GBP' }),
    startsOn: day(startsOn), endsOn: day(endsOn), extension,
    tier: `${codeOf(tierUsed)}${tier === null ? ', by its value' : ''}`,
    route: route === null ? undefined : routeTitle(route),
  };
  return Object.entries(facts).map(([field, fact]) => ({ label: fieldWords[field as keyof typeof facts], fact: fact ?? 'not known' }));
}

function planShown({ latestSafeStart, steps, clashes, warnings }: RenewalPlan, { endsOn, tierUsed }: Contract) {
  return {
    says: `To be done when the contract ends on ${dayOf(endsOn!)}, renewing must begin by ${dayOf(latestSafeStart)}: that is its end less the steps below, as long as they take for a ${tierUsed} contract.`,
    steps: steps.toReversed().map(({ step, begins, ends, length, source }) => ({ step: stepWords[step], begins: dayOf(begins), ends: dayOf(ends), length: lengthOf(length), cites: source.cites, mark: markWords[source.mark] })),
    clashes: clashes.map(({ says }) => inDays(says)),
    warnings,
  };
}

function changeShown({ changedAt, changedBy, file, was, isNow }: ContractChange, named: Named) {
  const word = (member: string) => fieldWords[member as keyof typeof fieldWords] ?? member;
  const value = (of: unknown) => (of === null || of === undefined || of === '' ? 'nothing' : typeof of === 'string' && isCivilDate(of) ? dayOf(of) : String(of));
  const rows = was === null ? [] : Object.keys(isNow).filter((member) => member !== 'row').map((member) => ({ label: word(member), before: value(was[member]), now: value(isNow[member]) }));
  return { at: timeOf(changedAt), by: named.of(changedBy), file, first: was === null, rows };
}
