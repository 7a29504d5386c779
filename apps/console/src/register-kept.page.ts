import { KeptRows, type KeptRowRead, type RegisterField, registerFields } from '@concordat/exchange';
import { routes } from '@concordat/pathway';
import { tiers } from '@concordat/pathway/core';
import { Clock, isUuid, londonDay, Problem } from '@concordat/platform';
import { contractFieldsShape, ContractRegister, type KeptRow } from '@concordat/register';
import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { typedIn } from './form-desk.js';
import { type FormFault, readForm, type Typed } from './form/read-form.js';
import { Frame } from './frame.js';
import { markedMoment, markIn, markOf } from './page-mark.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { mayForAll, mustForAll, whoCan } from './whole-organisation.js';
import { faults, hints } from './words/en.js';
import { fieldWords } from './words/register-words.js';
import { codeOf, counted } from './words/say.js';

const pageSize = 50;
const paged = z.object({ after: z.string().max(500).optional().transform((text) => (text === '' ? undefined : text)) });
const keptMark = z.object({ keptAt: markedMoment, id: z.uuid() });
/** What the form asks: as the contract's fields, but money and days as forms ask for them. */
const asked = z.object({
  reference: z.string().max(200).nullable().default(null),
  title: z.string().min(1).max(500),
  provider: z.string().max(500).nullable().default(null),
  lead: z.string().max(500).nullable().default(null),
  value: z.object({ amount: z.string().regex(/^\d{1,13}\.\d{2}$/), currency: z.literal('GBP') }).nullable().default(null),
  startsOn: z.iso.date().refine((day) => day >= '1900').nullable().default(null),
  endsOn: z.iso.date().refine((day) => day >= '1900').nullable().default(null),
  extension: z.string().max(500).nullable().default(null),
  tier: z.enum(tiers).nullable().default(null),
  route: z.string().max(64).nullable().default(null),
});

/** Rows of registers that could not be used: each with what is wrong, mended into a contract or settled. */
@UseFilters(PageFilter)
@Controller('register/kept')
export class RegisterKeptPage {
  constructor(
    private readonly frame: Frame,
    private readonly register: ContractRegister,
    private readonly kept: KeptRows,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query({ schema: paged }) { after }: z.infer<typeof paged>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const { tenant } = reader.principal;
    const [rows, count] = await Promise.all([
      this.register.keptRows(tenant, { limit: pageSize, ...(after !== undefined && { after: markIn(keptMark, after) }) }),
      this.register.keptCount(tenant),
    ]);
    const last = rows.at(-1);
    await this.frame.send(request, reply, 'register-kept', { reader, place: '/register' }, {
      headline: count === 0 ? 'No row waits: every row of every register is a contract, or somebody settled it.' : `${counted(count, 'row waits', 'rows wait')} to be mended or settled.`,
      rows: rows.map(rowShown),
      next: rows.length === pageSize && last !== undefined ? `?after=${markOf({ keptAt: last.keptAt, id: last.id })}` : undefined,
    });
  }

  @Get(':id')
  async one(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const read = await this.found(reader, id);
    await this.show(reader, read, typedOf(read), [], request, reply);
  }

  @Post(':id')
  async act(@Param('id') id: string, @Body() body: Readonly<Record<string, unknown>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const { tenant, id: by, actor } = reader.principal;
    mustForAll(actor, 'agreement.edit', this.today());
    const found = await this.found(reader, id);
    const typed = typedIn(body);
    if (typed['act'] === 'settle') {
      await this.register.settleKeptRow(tenant, id, by);
      return reply.redirect('/register/kept', 303);
    }
    const form = readForm(asked, typed);
    if ('faults' in form) return this.show(reader, found, typed, form.faults, request, reply);
    const { value, ...others } = form.value;
    const read = contractFieldsShape.safeParse({ ...others, value: value === null ? null : value.amount });
    if (!read.success) {
      const wrong = read.error.issues.map(({ path, message }): FormFault => ({ pointer: `/${path.join('/')}`, name: path.join('.'), fault: 'unreadable', says: message }));
      return this.show(reader, found, typed, wrong, request, reply);
    }
    const contract = await this.kept.mend(tenant, { id, fields: read.data, by });
    await reply.redirect(contract === undefined ? '/register/kept' : `/register/contracts/${contract}`, 303);
  }

  private async show(reader: Reader, { row, headings }: KeptRowRead, typed: Typed, wrong: readonly FormFault[], request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '');
    const fields = registerFields.map((field) => {
      const fault = wrong.find(({ name }) => name === field);
      const heading = headings[field];
      const written = heading === undefined ? undefined : row.raw[heading];
      return { field, label: `${fieldWords[field]}${field === 'title' ? '' : ' (optional)'}`, error: fault && faultSays(field, fault), hint: hintOf(field, written === undefined || written === null ? undefined : String(written)), ...inputOf(field, text) };
    });
    await this.frame.send(request, reply, 'register-kept-row', { reader, place: '/register', status: wrong.length > 0 ? 422 : 200 }, {
      action: `/register/kept/${row.id}`,
      row: rowShown(row),
      fields,
      errors: fields.flatMap(({ error, id }) => (error === undefined ? [] : [{ text: error, href: `#${id}` }])),
      whoCan: mayForAll(reader.principal.actor, 'agreement.edit', this.today()) ? undefined : whoCan('agreement.edit'),
    });
  }

  /** @throws Problem 404. */
  private async found({ principal: { tenant } }: Reader, id: string): Promise<KeptRowRead> {
    const read = isUuid(id) ? await this.kept.read(tenant, id) : undefined;
    if (read === undefined) throw new Problem({ status: 404, code: 'kept-row.unknown', title: 'This row waits no more', detail: 'It was mended or settled, or it never was here. The register lists the contracts, and the rows that wait.' });
    return read;
  }

  private today(): string {
    return londonDay(this.clock.now());
  }
}

function rowShown({ id, source, problems, raw }: KeptRow) {
  return {
    href: `/register/kept/${id}`,
    where: `${source.file}${source.sheet === null ? '' : `, ${source.sheet}`}, row ${source.row}`,
    problems,
    cells: Object.entries(raw).map(([heading, cell]) => ({ heading, cell: String(cell) })),
    short: Object.values(raw).map(String).slice(0, 3).join(' · '),
  };
}

function typedOf({ fields }: KeptRowRead): Typed {
  const { value, startsOn, endsOn, ...texts } = fields;
  const day = (name: string, date: string | null) => {
    const [year, month, of] = (date ?? '').split('-');
    return date === null ? {} : { [`${name}.day`]: String(Number(of)), [`${name}.month`]: String(Number(month)), [`${name}.year`]: year ?? '' };
  };
  return {
    ...Object.fromEntries(Object.entries(texts).flatMap(([name, text]) => (text === null ? [] : [[name, text]]))),
    ...(value !== null && { 'value.amount': value }),
    ...day('startsOn', startsOn),
    ...day('endsOn', endsOn),
  };
}

/** Which input asks for a field, with what stands in it. `id` is where a fault leads. */
function inputOf(field: RegisterField, text: (name: string) => string) {
  switch (field) {
    case 'startsOn':
    case 'endsOn':
      return { is: 'date', id: `${field}-day`, items: (['day', 'month', 'year'] as const).map((part) => ({ name: `${field}.${part}`, id: `${field}-${part}`, label: { day: 'Day', month: 'Month', year: 'Year' }[part], value: text(`${field}.${part}`), width: part === 'year' ? 4 : 2 })) } as const;
    case 'value':
      return { is: 'money', id: 'value', name: 'value.amount', value: text('value.amount') } as const;
    case 'tier':
      return { is: 'select', id: field, name: field, items: choices(tiers.map((tier) => [tier, codeOf(tier)]), text(field), 'By its value') } as const;
    case 'route':
      return { is: 'select', id: field, name: field, items: choices(routes.latest().map(({ id, title }) => [id, title]), text(field), 'Not known') } as const;
    default:
      return { is: 'text', id: field, name: field, value: text(field) } as const;
  }
}

function choices(options: readonly (readonly [string, string])[], now: string, none: string) {
  return [{ value: '', text: none }, ...options.map(([value, text]) => ({ value, text, selected: value === now }))];
}

function hintOf(field: RegisterField, written: string | undefined): string | undefined {
  const how = field === 'value' ? hints.money : field === 'startsOn' || field === 'endsOn' ? hints.date : undefined;
  return [written === undefined ? undefined : `The register says “${written}”`, how].filter((one) => one !== undefined).join('. ') || undefined;
}

function faultSays(field: RegisterField, { fault, says }: FormFault): string {
  const label = fieldWords[field];
  if (says === 'It ends before it starts.') return 'Last day: it ends before it starts';
  if (fault === 'missing') return faults.missing(label);
  return field === 'value' ? faults.money(label) : field === 'startsOn' || field === 'endsOn' ? faults.date(label) : faults.unreadable(label);
}
