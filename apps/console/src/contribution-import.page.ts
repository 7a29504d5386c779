import { may } from '@concordat/access/core';
import { Agreements } from '@concordat/agreement';
import type { Agreement } from '@concordat/agreement/core';
import { ContributionImports, type ParticipationReport, UnreadableFile } from '@concordat/exchange';
import { Clock, concordatNamespace, isUuid, londonDay, newId, Problem, uuidv5 } from '@concordat/platform';
import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { withSentFile } from './form/sent-file.js';
import { Frame } from './frame.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { notForYou } from './whole-organisation.js';
import { counted, dayOf } from './words/say.js';

const mostShown = 200;
const platforms = { decidim: 'Decidim', consul: 'CONSUL' } as const;

/** What people said on Decidim or CONSUL is taken in as said at one activity, every entry accounted for. */
@UseFilters(PageFilter)
@Controller('agreements/:id/activities/:activity/import')
export class ContributionImportPage {
  constructor(
    private readonly frame: Frame,
    private readonly agreements: Agreements,
    private readonly imports: ContributionImports,
    private readonly clock: Clock,
  ) {}

  @Get()
  async form(@Param('id') id: string, @Param('activity') activity: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { agreement, title } = await this.found(reader, id, activity);
    await this.show(reader, agreement, { activity, title, key: newId() }, request, reply);
  }

  /** `key`: of the form that sent it, so that the same form sent twice is taken in once. */
  @Post()
  async take(@Param('id') id: string, @Param('activity') activity: string, @Query('key') asked: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { agreement, title } = await this.found(reader, id, activity);
    const { tenant, actor, id: principal } = reader.principal;
    const key = typeof asked === 'string' && isUuid(asked) ? asked : newId();
    const operation = uuidv5(concordatNamespace, `${tenant}/${principal}/contributions/${key}`);
    try {
      const taken = await withSentFile(request, async (file) =>
        file === undefined ? undefined : this.imports.take({ tenant, agreement, activity, address: file.fields['address'] ?? '' }, file, { operation, actor, principal, correlationId: request.id }),
      );
      if (taken === undefined) return await this.show(reader, agreement, { activity, title, key, error: 'Choose a file to upload' }, request, reply);
      if (taken.accepted === 'key-reused') return await this.show(reader, agreement, { activity, title, key: newId(), error: 'This form was sent before with another file. Choose the file again' }, request, reply);
      const began = taken.accepted === 'accepted' ? `/operations/${operation}` : undefined;
      await this.frame.send(request, reply, 'contributions-taken', { reader, place: '/agreements' }, { back: `/agreements/${id}/involvement#activities`, title, operation: began, ...accounted(taken.report) });
    } catch (fault) {
      if (request.raw.destroyed && !request.raw.complete) return;
      if (!(fault instanceof UnreadableFile)) throw fault;
      await this.show(reader, agreement, { activity, title, key, error: fault.message }, request, reply);
    }
  }

  private async show(reader: Reader, agreement: Agreement, { activity, title, key, error }: { readonly activity: string; readonly title: string; readonly key: string; readonly error?: string }, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.frame.send(request, reply, 'contributions-import', { reader, place: '/agreements', status: error === undefined ? 200 : 422 }, {
      agreementTitle: agreement.title,
      title,
      back: `/agreements/${agreement.id}/involvement#activities`,
      action: `/agreements/${agreement.id}/activities/${activity}/import?key=${key}`,
      error,
      before: (await this.imports.kept(reader.principal.tenant, agreement.id)).filter((one) => one.activity === activity).map(({ file, takenAt, report }) => ({ file, on: dayOf(londonDay(new Date(takenAt))), host: report.host, ...accounted(report) })),
    });
  }

  /** @throws Problem 404 for what is not here, 403 for whoever may not add to it. */
  private async found({ principal: { tenant, actor } }: Reader, id: string, activity: string): Promise<{ readonly agreement: Agreement; readonly title: string }> {
    const today = londonDay(this.clock.now());
    const found = isUuid(id) ? await this.agreements.see(tenant, id, actor, today) : undefined;
    const held = found?.agreement.involvement.activities.find((one) => one.id === activity);
    if (found === undefined || held === undefined || found.sight.sees !== 'all') {
      throw new Problem({ status: 404, code: 'activity.unknown', title: 'There is no such activity', detail: 'It is not here, or you may not see it.' });
    }
    if (!may(actor, 'involvement.contribute', { agreement: id }, today)) throw notForYou('involvement.contribute');
    return { agreement: found.agreement, title: held.title };
  }
}

function accounted({ platform, rows, taken, joined, duplicates, leftOut, unnamed, coAuthors, items }: ParticipationReport) {
  const others = items.filter(({ is }) => is === 'duplicate' || is === 'left-out');
  return {
    headline: `${counted(rows, 'entry', 'entries')} of ${platforms[platform]}: ${taken} ${taken === 1 ? 'is' : 'are'} taken in, ${duplicates} ${duplicates === 1 ? 'was' : 'were'} here already, ${leftOut} ${leftOut === 1 ? 'is' : 'are'} left out.`,
    authors: [
      ...(unnamed === 0 ? [] : [`${counted(unnamed, 'entry names', 'entries name')} no author. Together they count as one person, because no more is known.`]),
      ...(joined === 0 ? [] : [`${counted(joined, 'entry was', 'entries were')} here already, and ${joined === 1 ? 'names' : 'name'} others now who made ${joined === 1 ? 'it' : 'them'} too.`]),
      ...(coAuthors === 0 ? [] : [`What several people made together is taken in once of each of them: ${coAuthors} more.`]),
    ],
    others: others.slice(0, mostShown).map(({ row, source, is, why }) => ({ title: `Entry ${row}`, by: source ?? '', cells: [is === 'duplicate' ? 'It was here already' : (why ?? '')] })),
    more: Math.max(0, others.length - mostShown),
  };
}
