import { Installation } from '@concordat/assembly';
import { Clock } from '@concordat/platform';
import { workAsCalendar, workAsCsv, workAsXlsx, type WorkLine, WorkList, workSays } from '@concordat/register';
import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Frame } from './frame.js';
import { type FileForm, fileForms, fileLinks, sendFile } from './list-file.js';
import { Names } from './names.js';
import { PageFilter } from './page.filter.js';
import { workHeadline, workShown } from './work-shown.js';

const mostListed = 50;
const mostInAFile = 1_000;
const query = z.object({ at: z.coerce.number().int().min(0).optional().catch(undefined) });
const exportQuery = z.object({ format: z.enum(fileForms).catch('csv').default('csv') });

/** The start page: what waits for whoever is signed in, and what they wait for, longest first. */
@UseFilters(PageFilter)
@Controller()
export class MyWorkPage {
  constructor(
    private readonly frame: Frame,
    private readonly work: WorkList,
    private readonly names: Names,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query({ schema: query }) { at }: z.infer<typeof query>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant } = reader.principal;
    const now = this.clock.now();
    const { lines, found, full } = await this.work.of(tenant, reader.principal, now, { limit: mostListed, ...(at !== undefined && { upTo: at }) });
    const mine = lines.filter(({ waitsFor }) => waitsFor === 'you');
    const asked = lines.filter(({ waitsFor }) => waitsFor === 'others');
    const shown = await this.names.saying(tenant, [...found.values()].map(({ agreement }) => agreement), (named) => ({ mine: workShown(mine, 'you', named, now), asked: workShown(asked, 'others', named, now) }));
    await this.frame.send(request, reply, 'my-work', { reader, place: '/' }, { headline: workHeadline(mine, now), ...shown, full, files: fileLinks('/my-work') });
  }

  @Get('my-work')
  async export(@Query({ schema: exportQuery }) { format }: z.infer<typeof exportQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { lines } = await this.work.of(reader.principal.tenant, reader.principal, this.clock.now(), { limit: mostInAFile });
    await sendFile(reply, 'my-work', format, await this.file(lines, format));
  }

  private file(lines: readonly WorkLine[], format: FileForm): string | Promise<Buffer> {
    const link = (id: string) => `${this.installation.publicUrl}/agreements/${id}`;
    if (format === 'json') return JSON.stringify({ items: lines.map(({ key: _, askedBy: __, ...line }) => ({ ...line, says: workSays[line.kind] })) });
    return { csv: workAsCsv, xlsx: workAsXlsx, ics: workAsCalendar }[format](lines, link);
  }
}
