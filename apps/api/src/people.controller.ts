import { People, type PersonEntry, type PersonRequest, type Principal } from '@concordat/access';
import { disablingReasons, may, roles, unlinkingReasons } from '@concordat/access/core';
import { disciplines } from '@concordat/pathway/core';
import { isRecordableDate } from '@concordat/platform/core';
import { Clock, Fingerprints, londonDay, Problem, uuidv5 } from '@concordat/platform';
import { Body, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { askOf, type Call, Called, Who } from './ask.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { nextLink, pageLimit } from './paging.js';
import { type PersonAsked, PersonDesk } from './person-desk.js';
import { answeredAbout, idPath, type IdPath, pageOf, writeQuery, type WriteQuery } from './shapes.js';

const civilDate = z.string().refine(isRecordableDate, 'must be a day that exists, from 1900 on, YYYY-MM-DD');
// The same thing is always written the same way, whoever wrote it in capitals.
const id = z.uuid().toLowerCase();
const registering = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254).nullable().default(null),
  provider: id.optional().describe("the provider whose person this is; absent for the organisation's own staff"),
});
const granting = z.strictObject({
  role: z.enum(roles),
  discipline: z.enum(disciplines).optional(),
  provider: id.optional(),
  partner: id.optional().describe('the partner body they act for, by the id it is recorded under on those agreements; it takes agreements and until'),
  agreements: z.array(id).min(1).max(1000).optional(),
  from: civilDate.optional(),
  until: civilDate.optional(),
});
const withdrawing = z.strictObject({ grant: id });
const disabling = z.strictObject({ reason: z.enum(disablingReasons) });
const away = z.strictObject({ from: civilDate, until: civilDate });
const linking = z.strictObject({ with: id.describe('the other id of the same human being') });
const unlinking = z.strictObject({ reason: z.enum(unlinkingReasons) });
const nothing = z.strictObject({}).optional();
const listQuery = z.strictObject({ after: id.optional(), limit: pageLimit });
const personAnswered = answeredAbout('person');
const absenceAnswered = answeredAbout('person', { absence: z.uuid() });
const grantAnswered = answeredAbout('person', { grant: z.uuid() });
const personShown = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  version: z.int().min(1),
  person: z.looseObject({ registered: z.boolean(), disabled: z.boolean(), grants: z.array(z.looseObject({ grant: z.uuid(), role: z.string() })) }),
});

@ApiV1('people', 'People and roles')
export class PeopleController {
  constructor(
    private readonly people: People,
    private readonly desk: PersonDesk,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Asks('people.manage')
  @ApiOperation({ operationId: 'listPeople', summary: 'People with their roles, in the order of their ids' })
  @ApiResponse({ status: 200, description: 'One page; the Link header leads to the next', standardSchema: pageOf(personShown) })
  async list(@Who() who: Principal, @Query({ schema: listQuery }) { after, limit }: z.infer<typeof listQuery>, @Res({ passthrough: true }) reply: FastifyReply) {
    // A provider's administrator sees that provider's people and nobody else, not even by their ids.
    const entries = await this.people.list(who.tenant, { limit, ...(after !== undefined && { after }), sees: (entry) => this.manages(who, entry) });
    const last = entries.at(-1);
    if (entries.length === limit && last !== undefined) reply.header('link', nextLink('/api/v1/people', { limit, after: last.id }));
    return { items: entries };
  }

  @Post()
  @HttpCode(201)
  @Asks('people.manage')
  @ApiOperation({ operationId: 'registerPerson', summary: 'Register a member of staff, of the organisation or of a provider' })
  @ApiResponse({ status: 201, description: 'Registered', standardSchema: personAnswered })
  @ApiResponse({ status: 200, description: 'What a dry run would record', standardSchema: personAnswered })
  async register(@Called() call: Call, @Body({ schema: registering }) { name, email, provider }: z.infer<typeof registering>, @Query({ schema: writeQuery }) { dryRun }: WriteQuery) {
    const person = uuidv5(askOf(call.request, call.who, this.fingerprints).commandId, 'person');
    return this.execute(
      { name: 'register-person', person, memberOf: provider === undefined ? { kind: 'organisation' } : { kind: 'provider', provider }, naming: { name, email } },
      { ...call, dryRun },
    );
  }

  @Post(':id/roles')
  @HttpCode(201)
  @Asks('people.manage')
  @ApiOperation({ operationId: 'grantRole', summary: 'Grant a role, limited to a discipline, a provider, a partner body, agreements or days where asked' })
  @ApiResponse({ status: 201, description: 'Granted', standardSchema: grantAnswered })
  @ApiResponse({ status: 200, description: 'What a dry run would record', standardSchema: grantAnswered })
  async grant(@Called() call: Call, @Param({ schema: idPath }) { id }: IdPath, @Body({ schema: granting }) grant: z.infer<typeof granting>, @Query({ schema: writeQuery }) { dryRun }: WriteQuery) {
    const grantId = uuidv5(askOf(call.request, call.who, this.fingerprints).commandId, 'grant');
    const answer = await this.execute({ name: 'grant-role', person: id, grant: grantId, ...grant }, { ...call, dryRun });
    return { ...answer, grant: grantId };
  }

  @Post(':id/withdraw-role')
  @HttpCode(200)
  @Asks('people.manage')
  @ApiOperation({ operationId: 'withdrawRole', summary: 'Withdraw a role; it counts in the very next decision' })
  @ApiResponse({ status: 200, description: 'Withdrawn', standardSchema: personAnswered })
  withdraw(@Called() call: Call, @Param({ schema: idPath }) { id }: IdPath, @Body({ schema: withdrawing }) { grant }: z.infer<typeof withdrawing>, @Query({ schema: writeQuery }) { dryRun }: WriteQuery) {
    return this.execute({ name: 'withdraw-role', person: id, grant }, { ...call, dryRun });
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Asks('people.manage')
  @ApiOperation({ operationId: 'disablePerson', summary: 'Disable a person: keys and sessions stop at once' })
  @ApiResponse({ status: 200, description: 'Disabled', standardSchema: personAnswered })
  disable(@Called() call: Call, @Param({ schema: idPath }) { id }: IdPath, @Body({ schema: disabling }) { reason }: z.infer<typeof disabling>, @Query({ schema: writeQuery }) { dryRun }: WriteQuery) {
    return this.execute({ name: 'disable-person', person: id, reason }, { ...call, dryRun });
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Asks('people.manage')
  @ApiOperation({ operationId: 'enablePerson', summary: 'Enable a person again' })
  @ApiResponse({ status: 200, description: 'Enabled', standardSchema: personAnswered })
  enable(@Called() call: Call, @Param({ schema: idPath }) { id }: IdPath, @Body({ schema: nothing }) _: unknown, @Query({ schema: writeQuery }) { dryRun }: WriteQuery) {
    return this.execute({ name: 'enable-person', person: id }, { ...call, dryRun });
  }

  @Post(':id/absences')
  @HttpCode(201)
  @Asks('people.manage')
  @ApiOperation({ operationId: 'recordAbsence', summary: 'Record that somebody is away who cannot do it themselves' })
  @ApiResponse({ status: 201, description: 'Recorded', standardSchema: absenceAnswered })
  @ApiResponse({ status: 200, description: 'What a dry run would record', standardSchema: absenceAnswered })
  async absent(@Called() call: Call, @Param({ schema: idPath }) { id }: IdPath, @Body({ schema: away }) body: z.infer<typeof away>, @Query({ schema: writeQuery }) { dryRun }: WriteQuery) {
    const absence = uuidv5(askOf(call.request, call.who, this.fingerprints).commandId, 'absence');
    return { ...(await this.execute({ name: 'record-absence', person: id, absence, ...body }, { ...call, dryRun })), absence };
  }

  @Post(':id/link')
  @HttpCode(200)
  @Asks('people.manage')
  @ApiOperation({ operationId: 'linkIdentities', summary: 'Say that two ids are one human being: what is own work of one is own work of both, and a role that one gave the other counts no more' })
  @ApiResponse({ status: 200, description: 'Linked', standardSchema: personAnswered })
  async link(@Called() call: Call, @Param({ schema: idPath }) { id }: IdPath, @Body({ schema: linking }) body: z.infer<typeof linking>, @Query({ schema: writeQuery }) { dryRun }: WriteQuery) {
    return this.execute({ name: 'link-identities', person: id, with: body.with }, { ...call, dryRun });
  }

  @Post(':id/unlink')
  @HttpCode(200)
  @Asks('people.manage')
  @ApiOperation({ operationId: 'unlinkIdentities', summary: 'Say that an id is of nobody who stands here under another: the two were linked by mistake, and another administrator says so than whoever linked them' })
  @ApiResponse({ status: 200, description: 'Unlinked', standardSchema: personAnswered })
  async unlink(@Called() call: Call, @Param({ schema: idPath }) { id }: IdPath, @Body({ schema: unlinking }) body: z.infer<typeof unlinking>, @Query({ schema: writeQuery }) { dryRun }: WriteQuery) {
    return this.execute({ name: 'unlink-identities', person: id, ...body }, { ...call, dryRun });
  }

  // A person of another provider is as unknown as one who is not there, and so is the version they stand at.
  private async mustManage(who: Principal, id: string): Promise<void> {
    const entry = await this.people.find(who.tenant, id);
    if (entry !== undefined && this.manages(who, entry)) return;
    throw new Problem({ status: 404, code: 'person.unknown', title: 'There is no such person', detail: 'Nobody by this id can be seen with this key. GET /api/v1/people lists whom it may manage.' });
  }

  private manages(who: Principal, { person: { memberOf } }: PersonEntry): boolean {
    return may(who.actor, 'people.manage', memberOf?.kind === 'provider' ? { provider: memberOf.provider } : {}, londonDay(this.clock.now()));
  }

  private async execute(command: PersonRequest, asked: PersonAsked) {
    if (command.name !== 'register-person') await this.mustManage(asked.who, command.person);
    return this.desk.execute(command, asked);
  }
}
