import { OwnRiskSettings, riskSettingsShape } from '@concordat/agreement';
import { bands, type RiskSettings, seers } from '@concordat/agreement/core';
import { Clock, Fingerprints, londonDay, newId } from '@concordat/platform';
import { Body, Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { typedIn } from './form-desk.js';
import type { Typed } from './form/read-form.js';
import { Frame } from './frame.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { mayForAll, whoCan } from './whole-organisation.js';
import { codeOf } from './words/say.js';

const largerBands = ['moderate', 'high', 'extreme'] as const;

/** How the organisation measures risks: when a band begins, what is carried in each domain, and who must see what lies above. */
@UseFilters(PageFilter)
@Controller('risk-settings')
export class RiskSettingsPage {
  constructor(
    private readonly frame: Frame,
    private readonly settings: OwnRiskSettings,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get()
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader !== undefined) await this.show(reader, typedOf(await this.settings.of(reader.principal.tenant)), [], request, reply);
  }

  @Post()
  async change(@Body() body: Readonly<Record<string, unknown>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('settings.manage', request, reply);
    if (reader === undefined) return;
    const typed = typedIn(body);
    const { tenant, id, actor } = reader.principal;
    const next = riskSettingsShape.safeParse(readSettings(typed));
    if (!next.success) return this.show(reader, typed, next.error.issues.map(faultOf), request, reply);
    const outcome = await this.settings.change(next.data, { tenant, actor, commandId: newId(), fingerprint: this.fingerprints.of(['risk-settings', next.data, id]), correlationId: request.id });
    const refused = outcome.outcome === 'refused' ? outcome.refusals.filter(({ code }) => code !== 'already-so') : [];
    if (refused.length > 0) return this.show(reader, typed, refused.map(({ code, asks }) => ({ text: asks, href: code === 'risk-settings.bands-overlap' ? '#moderate' : '#title-0' })), request, reply);
    await reply.redirect('/risk-settings', 303);
  }

  private async show(reader: Reader, typed: Typed, errors: readonly { readonly text: string; readonly href: string }[], request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '');
    const choice = (name: string, values: readonly string[]) => values.map((value) => ({ value, text: codeOf(value), selected: text(name) === value }));
    const rows = Array.from({ length: domainsIn(typed) }, (_, at) => at);
    await this.frame.send(request, reply, 'risk-settings', { reader, place: '/agreements', status: errors.length > 0 ? 422 : 200 }, {
      errors,
      may: mayForAll(reader.principal.actor, 'settings.manage', this.today()),
      whoCan: whoCan('settings.manage'),
      bands: bands.map((band) => ({
        band, title: codeOf(band),
        begins: band === 'low' ? undefined : text(band),
        seen: codeOf(text(`seen.${band}`)),
        seers: choice(`seen.${band}`, ['nobody', ...seers]),
      })),
      // One empty row more, for a domain that is new.
      domains: [...rows, rows.length].map((at) => ({
        at, id: text(`id.${at}`), title: text(`title.${at}`), appetite: codeOf(text(`appetite.${at}`)), appetites: choice(`appetite.${at}`, bands), isNew: at === rows.length,
      })),
      rescoreDays: text('rescoreDays'),
    });
  }

  private today(): string {
    return londonDay(this.clock.now());
  }
}

/** How many domains were typed, without the empty row for a new one. */
const domainsIn = (typed: Typed): number => Object.keys(typed).filter((name) => /^title\.\d+$/.test(name) && typed[name] !== '').length;

function typedOf({ bands: begin, domains, escalation, rescoreDays }: RiskSettings): Typed {
  return {
    ...Object.fromEntries(largerBands.map((band) => [band, String(begin[band])])),
    ...Object.fromEntries(bands.map((band) => [`seen.${band}`, escalation[band]])),
    ...Object.fromEntries(domains.flatMap(({ id, title, appetite }, at) => [[`id.${at}`, id], [`title.${at}`, title], [`appetite.${at}`, appetite]])),
    rescoreDays: String(rescoreDays),
  };
}

/** What was typed as the settings it says, right or wrong. */
function readSettings(typed: Typed): unknown {
  const text = (name: string) => (typeof typed[name] === 'string' ? typed[name].trim() : '');
  const number = (name: string) => (text(name) === '' ? undefined : Number(text(name)));
  const slugOf = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replace(/^-+/, '').slice(0, 60).replace(/-+$/, '');
  const rows = Object.keys(typed).flatMap((name) => /^title\.(\d+)$/.exec(name)?.[1] ?? []);
  return {
    bands: Object.fromEntries(largerBands.map((band) => [band, number(band)])),
    domains: rows.filter((at) => text(`title.${at}`) !== '' || text(`id.${at}`) !== '').map((at) => ({ id: text(`id.${at}`) || slugOf(text(`title.${at}`)), title: text(`title.${at}`), appetite: text(`appetite.${at}`) })),
    escalation: Object.fromEntries(bands.map((band) => [band, text(`seen.${band}`)])),
    rescoreDays: number('rescoreDays'),
  };
}

function faultOf({ path: [part, which] }: { readonly path: readonly PropertyKey[] }) {
  if (part === 'bands') return { text: `Write from which product ${String(which)} begins, from 2 to 25`, href: `#${String(which)}` };
  if (part === 'escalation') return { text: `Choose who must see a risk that is ${String(which)}`, href: `#seen-${String(which)}` };
  if (part === 'rescoreDays') return { text: 'Write within how many days an incident asks for a new score, from 1 to 366', href: '#rescoreDays' };
  return { text: 'Each domain has a title and an appetite', href: `#title-${typeof which === 'number' ? which : 0}` };
}
