import type { Principal } from '@concordat/access';
import { Installation } from '@concordat/assembly';
import { Clock } from '@concordat/platform';
import { workAsCalendar, workAsCsv, workAsXlsx, type WorkLine, WorkList, workSays } from '@concordat/register';
import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { Who } from './ask.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { jsonSchema } from './json-schema.js';
import { contentTypeOf, type Format, formatAsked, formatOf, inEveryFormat } from './list-format.js';
import { pageLimit, positionSeen } from './paging.js';

const mostInAFile = 1_000;
const listQuery = z.strictObject({ format: formatAsked, limit: pageLimit });
const workShown = z.object({
  kind: z.string().describe('what it is: sign-off, statement, theme, gate, …'),
  says: z.string(),
  waitsFor: z.enum(['you', 'others']).describe('others: you asked for it'),
  inPlaceOf: z.uuid().nullable().describe('the person in whose place you do it, where you stand in for them'),
  subject: z.string().nullable().describe('the id of the sign-off, statement, theme, … it is about, or the code of the notice; null where it is the agreement itself'),
  agreement: z.uuid(),
  title: z.string(),
  pathway: z.string().describe('id@version'),
  stage: z.string(),
  count: z.int().min(0),
  since: z.iso.datetime(),
  dueOn: z.iso.date().nullable().describe('the last day on which it is done in time'),
});
const workPage = z.object({ items: z.array(workShown), more: z.boolean().describe('true where more waits for you than `limit`; what is done makes room') });

@ApiV1('work', 'My work')
export class WorkController {
  constructor(
    private readonly work: WorkList,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Asks('signed-in')
  @ApiOperation({ operationId: 'listWork', summary: 'What waits for whoever holds this key, then what they asked others for, longest first; also as CSV, XLSX or calendar' })
  @ApiResponse(() => inEveryFormat(jsonSchema(workPage)))
  async list(@Who() who: Principal, @Query({ schema: listQuery }) { format: asked, limit }: z.infer<typeof listQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const format = formatOf(asked, request.headers.accept);
    reply.header('vary', 'accept').type(contentTypeOf(format));
    const { lines, full } = await this.work.of(who.tenant, who, this.clock.now(), { limit: format === 'json' ? limit : mostInAFile, ...positionSeen(request) });
    if (format === 'json') {
      await reply.send({ items: lines.map(({ key: _, askedBy: __, subject, ...line }) => ({ ...line, says: workSays[line.kind], subject: subject === '' ? null : subject })), more: full });
      return;
    }
    await reply.header('content-disposition', `attachment; filename="work.${format}"`).send(await this.file(lines, format));
  }

  private file(lines: readonly WorkLine[], format: Exclude<Format, 'json'>): string | Promise<Buffer> {
    const link = (id: string) => `${this.installation.publicUrl}/agreements/${id}`;
    return { csv: workAsCsv, xlsx: workAsXlsx, ics: workAsCalendar }[format](lines, link);
  }
}
