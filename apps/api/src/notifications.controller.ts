import type { Principal } from '@concordat/access';
import { rightMissing } from '@concordat/access/core';
import { Installation } from '@concordat/assembly';
import { Problem } from '@concordat/platform';
import { notificationsAsCsv, notificationsAsXlsx, Outbox, preferenceShape, Preferences } from '@concordat/reminders';
import { wordsOf } from '@concordat/reminders/core';
import { Body, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { idempotencyKey, Who } from './ask.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { jsonSchema } from './json-schema.js';
import { contentTypeOf, formatOf, inEveryFormat, tableFormatAsked, tableFormats } from './list-format.js';
import { cursorOf, nextLink, pageLimit, positionSeen, readCursor } from './paging.js';
import { pageOf } from './shapes.js';

const listQuery = z.strictObject({
  whose: z.enum(['mine', 'all']).default('mine').describe('`all` for those who may read every agreement'),
  format: tableFormatAsked,
  after: z.string().max(500).optional(),
  limit: pageLimit,
});
const mark = z.object({ position: z.int().min(1), person: z.uuid(), event: z.uuid() });
const notificationShown = z.object({
  event: z.uuid(),
  person: z.uuid(),
  agreement: z.uuid(),
  type: z.string(),
  says: z.string().describe('what the mail says: it names nobody'),
  position: z.int().min(1),
  happenedAt: z.iso.datetime(),
  state: z.enum(['kept', 'due', 'sent', 'failed']).describe('kept: shown here and not mailed'),
  digest: z.boolean().describe('true: mailed together with others, at eight in the morning in London'),
  sentAt: z.iso.datetime().nullable(),
  fault: z.string().nullable(),
});

@ApiV1('notifications', 'Notifications')
export class NotificationsController {
  constructor(
    private readonly outbox: Outbox,
    private readonly preferences: Preferences,
    private readonly installation: Installation,
  ) {}

  @Get()
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listNotifications', summary: 'What people were told by e-mail, newest first; also as CSV or XLSX' })
  @ApiResponse(() => inEveryFormat(jsonSchema(pageOf(notificationShown)), tableFormats))
  async list(
    @Who() who: Principal,
    @Query({ schema: listQuery }) { whose, after, limit, format: asked }: z.infer<typeof listQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    if (whose === 'all' && !this.outbox.mayReadAll(who.actor)) {
      throw new Problem({ status: 403, code: 'right.missing', title: 'This is not yours to read', detail: `${rightMissing('agreement.read').asks} Without whose=all you see what you were told.` });
    }
    const format = formatOf(asked, request.headers.accept, tableFormats);
    reply.header('vary', 'accept').type(contentTypeOf(format));
    if (format !== 'json') {
      const lines = await this.outbox.lines(who.tenant, who.actor, whose === 'mine' ? who.id : undefined, this.installation.publicUrl);
      await reply.header('content-disposition', `attachment; filename="notifications.${format}"`).send(await (format === 'csv' ? notificationsAsCsv(lines) : notificationsAsXlsx(lines)));
      return;
    }
    const rows = await this.outbox.page(who.tenant, {
      limit,
      ...(whose === 'mine' && { person: who.id }),
      ...(after !== undefined && { before: readCursor(mark, after) }),
      ...positionSeen(request),
    });
    const last = rows.at(-1);
    if (rows.length === limit && last !== undefined) reply.header('link', nextLink('/api/v1/notifications', { whose, limit, after: cursorOf({ position: last.position, person: last.person, event: last.event }) }));
    await reply.send({ items: rows.map((row) => ({ ...row, says: wordsOf(row.type)?.says ?? '' })) });
  }

  @Get('preferences')
  @Asks('signed-in')
  @ApiOperation({ operationId: 'readPreferences', summary: 'How you wish to be told by e-mail' })
  @ApiResponse({ status: 200, description: 'The way of each kind, and quiet hours', standardSchema: preferenceShape })
  wishes(@Who() { tenant, id }: Principal) {
    return this.preferences.of(tenant, id);
  }

  @Post('preferences')
  @HttpCode(200)
  @Asks('signed-in')
  @ApiOperation({ operationId: 'choosePreferences', summary: 'Choose what you are mailed of at once, in a daily digest or not at all, and when nothing is mailed' })
  @ApiResponse({ status: 200, description: 'So you are told from now on; what is on its way already goes as it was', standardSchema: preferenceShape })
  async choose(
    @Who() { tenant, id }: Principal,
    @Body({ schema: preferenceShape }) body: z.infer<typeof preferenceShape>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    // The same however often it is sent; the key is told back all the same.
    reply.header('idempotency-key', idempotencyKey(request));
    await this.preferences.choose(tenant, id, body);
    return this.preferences.of(tenant, id);
  }
}
