import { People, type Principal } from '@concordat/access';
import { delegationsTo } from '@concordat/access/core';
import { disciplines } from '@concordat/pathway/core';
import { isRecordableDate } from '@concordat/platform/core';
import { Clock, Fingerprints, londonDay, uuidv5 } from '@concordat/platform';
import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse } from './documented.js';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { askOf, type Call, Called, Who } from './ask.js';
import { PersonDesk } from './person-desk.js';
import { answeredAbout, idPath, type IdPath, writeQuery, type WriteQuery } from './shapes.js';

const civilDate = z.string().refine(isRecordableDate, 'must be a day that exists, from 1900 on, YYYY-MM-DD');
const delegating = z.strictObject({
  to: z.uuid(),
  discipline: z.enum(disciplines),
  from: civilDate,
  until: civilDate.describe('the last day; at most a year after the first'),
  agreements: z.array(z.uuid()).min(1).max(1000).nullable().default(null).describe('null for every agreement you sign for'),
  upTo: z.int().min(0).nullable().default(null).describe('whole pounds; null for any value'),
  when: z.enum(['always', 'absent']).default('always').describe('absent: only on days on which you are away'),
});
const away = z.strictObject({ from: civilDate, until: civilDate });
const nothing = z.strictObject({}).optional();
const delegationAnswered = answeredAbout('person', { delegation: z.uuid() });
const absenceAnswered = answeredAbout('person', { absence: z.uuid() });
const personAnswered = answeredAbout('person');
const standInsShown = z.object({
  delegations: z.array(z.looseObject({ delegation: z.uuid(), to: z.uuid(), discipline: z.string(), until: z.string() })),
  absences: z.array(z.looseObject({ absence: z.uuid(), from: z.string(), until: z.string() })),
  standsInFor: z.array(z.looseObject({ person: z.uuid(), delegation: z.uuid(), discipline: z.string(), until: z.string() })).describe('what holds today'),
});

/** Who signs in your place, when you are away, and in whose place you sign. */
@ApiV1('me', 'You')
export class StandInsController {
  constructor(
    private readonly people: People,
    private readonly desk: PersonDesk,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get('stand-ins')
  @Asks('signed-in')
  @ApiOperation({ operationId: 'readStandIns', summary: 'Who stands in for you, when you are away, and for whom you stand in today' })
  @ApiResponse({ status: 200, description: 'Yours, and what others gave you', standardSchema: standInsShown })
  async read(@Who() { tenant, id }: Principal) {
    const own = (await this.people.find(tenant, id))?.person;
    const today = londonDay(this.clock.now());
    const others = await Promise.all((own?.standsInFor ?? []).map(async (person) => ({ person, entry: await this.people.find(tenant, person) })));
    return {
      delegations: own?.delegations ?? [],
      absences: own?.absences ?? [],
      standsInFor: others.flatMap(({ person, entry }) => (entry === undefined || entry.person.disabled ? [] : delegationsTo(entry.person, id, today).map((given) => ({ person, ...given })))),
    };
  }

  @Post('delegations')
  @HttpCode(201)
  @Asks('signed-in')
  @ApiOperation({ operationId: 'delegate', summary: 'Let a colleague sign in your place: named, dated, limited; it cannot be passed on' })
  @ApiResponse({ status: 201, description: 'Delegated', standardSchema: delegationAnswered })
  @ApiResponse({ status: 200, description: 'What a dry run would record', standardSchema: delegationAnswered })
  async delegate(@Called() call: Call, @Body({ schema: delegating }) body: z.infer<typeof delegating>, @Query({ schema: writeQuery }) { dryRun }: WriteQuery) {
    const delegation = uuidv5(askOf(call.request, call.who, this.fingerprints).commandId, 'delegation');
    return { ...(await this.desk.execute({ name: 'delegate', person: call.who.id, delegation, ...body }, { ...call, dryRun })), delegation };
  }

  @Post('delegations/:id/withdraw')
  @HttpCode(200)
  @Asks('signed-in')
  @ApiOperation({ operationId: 'withdrawDelegation', summary: 'Withdraw a delegation of yours; it counts in the very next decision' })
  @ApiResponse({ status: 200, description: 'Withdrawn', standardSchema: personAnswered })
  withdraw(@Called() call: Call, @Param({ schema: idPath }) { id }: IdPath, @Body({ schema: nothing }) _: unknown, @Query({ schema: writeQuery }) { dryRun }: WriteQuery) {
    return this.desk.execute({ name: 'withdraw-delegation', person: call.who.id, delegation: id }, { ...call, dryRun });
  }

  @Post('absences')
  @HttpCode(201)
  @Asks('signed-in')
  @ApiOperation({ operationId: 'recordOwnAbsence', summary: 'Say when you are away; what you delegated for your absence holds on those days' })
  @ApiResponse({ status: 201, description: 'Recorded', standardSchema: absenceAnswered })
  @ApiResponse({ status: 200, description: 'What a dry run would record', standardSchema: absenceAnswered })
  async absent(@Called() call: Call, @Body({ schema: away }) body: z.infer<typeof away>, @Query({ schema: writeQuery }) { dryRun }: WriteQuery) {
    const absence = uuidv5(askOf(call.request, call.who, this.fingerprints).commandId, 'absence');
    return { ...(await this.desk.execute({ name: 'record-absence', person: call.who.id, absence, ...body }, { ...call, dryRun })), absence };
  }

  @Post('absences/:id/end')
  @HttpCode(200)
  @Asks('signed-in')
  @ApiOperation({ operationId: 'endOwnAbsence', summary: 'Say that you are back' })
  @ApiResponse({ status: 200, description: 'Ended', standardSchema: personAnswered })
  back(@Called() call: Call, @Param({ schema: idPath }) { id }: IdPath, @Body({ schema: nothing }) _: unknown, @Query({ schema: writeQuery }) { dryRun }: WriteQuery) {
    return this.desk.execute({ name: 'end-absence', person: call.who.id, absence: id }, { ...call, dryRun });
  }
}
