import type { Principal } from '@concordat/access';
import { holidays, ownCalendarShape, OwnCalendars } from '@concordat/pathway';
import { jurisdictions, type OwnCalendar } from '@concordat/pathway/core';
import { Fingerprints } from '@concordat/platform';
import { Body, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { askOf, Who } from './ask.js';
import { Asks } from './asked-right.js';
import { settle } from './command-answer.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { writeQuery, type WriteQuery } from './shapes.js';

const calendarShown = z.object({
  source: z.string().describe('of the bank holidays that ship'),
  firstKnownYear: z.int(),
  lastKnownYear: z.int().describe('of a later year nobody knows the bank holidays yet: those that ship end here, or what an administrator said is known'),
  bankHolidays: z.record(z.enum(jurisdictions), z.array(z.iso.date())).describe('those that ship, and the organisation’s own'),
  holidays: ownCalendarShape.shape.holidays.describe('those that the organisation added'),
});
const changed = z.looseObject({ ...ownCalendarShape.shape, dryRun: z.literal(true).optional() });

/** Which days are no working days. */
@ApiV1('calendar', 'Calendar')
export class CalendarController {
  constructor(
    private readonly calendars: OwnCalendars,
    private readonly fingerprints: Fingerprints,
  ) {}

  @Get()
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'readCalendar', summary: 'The bank holidays that every clock goes by: those that ship, and those an administrator added' })
  @ApiResponse({ status: 200, description: 'By part of the UK', standardSchema: calendarShown })
  async read(@Who() { tenant }: Principal) {
    const [all, own] = await Promise.all([this.calendars.of(tenant), this.calendars.own(tenant)]);
    return { source: holidays.source, firstKnownYear: all.firstKnownYear, lastKnownYear: all.lastKnownYear, bankHolidays: all.holidays, holidays: own.holidays };
  }

  @Post()
  @HttpCode(200)
  @Asks('settings.manage')
  @ApiOperation({ operationId: 'changeCalendar', summary: 'Says which other days are bank holidays, such as one that was proclaimed, and up to which year all are known; every clock goes by them at once. All of them are sent: one that is left out is taken out' })
  @ApiResponse({ status: 200, description: 'As they stand from now on', standardSchema: changed })
  async change(
    @Who() who: Principal,
    @Body({ schema: ownCalendarShape }) body: OwnCalendar,
    @Query({ schema: writeQuery }) { dryRun }: WriteQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const ask = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', ask.key);
    const told = settle(await this.calendars.change(body, ask, dryRun === 'true'));
    return told.outcome === 'would-record' ? { ...body, dryRun: true } : body;
  }
}
