import { type ApiKey, Keys, type Principal } from '@concordat/access';
import { may, rights } from '@concordat/access/core';
import { Clock, Fingerprints, londonDay, Problem } from '@concordat/platform';
import { addDays, isRecordableDate } from '@concordat/platform/core';
import { Body, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { askOf, type Call, Called, idempotencyKey, Who } from './ask.js';
import { keyReused, refusalProblem } from './command-answer.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { idPath, type IdPath, pageOf } from './shapes.js';

const lifeUnlessTold = 90;
const issuing = z.strictObject({
  label: z.string().trim().min(1).max(60),
  scopes: z.array(z.enum(rights)).min(1).optional().describe('rights the key is limited to; absent: all its person has'),
  lastDay: z.string().refine(isRecordableDate, 'must be a day that exists, from 1900 on, YYYY-MM-DD').optional().describe(`the last day it works; ${lifeUnlessTold} days on unless told`),
});
const keyShown = z.object({
  id: z.uuid(),
  person: z.uuid(),
  label: z.string(),
  scopes: z.union([z.literal('all'), z.array(z.string())]),
  lastDay: z.string(),
  issuedAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
});
const keyAnswered = z.object({ key: keyShown, secret: z.string().optional().describe('cnc_…, shown this once'), alreadyShown: z.literal(true).optional() });

/** Keys of whoever asks. Nobody makes a key for somebody else: it would act as them. */
@ApiV1('api-keys', 'API keys')
export class KeysController {
  constructor(
    private readonly keys: Keys,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Asks('key.manage')
  @ApiOperation({ operationId: 'listKeys', summary: 'Your keys, newest first; all of the organisation for an administrator' })
  @ApiResponse({ status: 200, description: 'Keys without their secrets', standardSchema: pageOf(keyShown) })
  async list(@Who() who: Principal) {
    const all = may(who.actor, 'people.manage', {}, londonDay(this.clock.now()));
    return { items: (await this.keys.list(who.tenant, all ? undefined : who.id)).map(shown) };
  }

  @Post()
  @HttpCode(201)
  @Asks('key.manage')
  @ApiOperation({ operationId: 'issueKey', summary: 'Make a key of your own; its secret is shown this once' })
  @ApiResponse({ status: 201, description: 'Issued', standardSchema: keyAnswered })
  async issue(
    @Who() who: Principal,
    @Body({ schema: issuing }) body: z.infer<typeof issuing>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const ask = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', ask.key);
    const { label, scopes = 'all', lastDay = addDays(londonDay(this.clock.now()), lifeUnlessTold) } = body;
    const outcome = await this.keys.issue({ person: who.id, label, scopes, lastDay }, ask);
    switch (outcome.outcome) {
      case 'issued':
        return { key: shown(outcome.key), secret: outcome.secret };
      case 'already-shown':
        return { key: shown(outcome.key), alreadyShown: true };
      case 'key-reused':
        throw keyReused();
      case 'refused':
        throw refusalProblem(outcome.refusals);
    }
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Asks('key.manage')
  @ApiOperation({ operationId: 'revokeKey', summary: 'Revoke a key at once' })
  @ApiResponse({ status: 200, description: 'Revoked', standardSchema: z.object({ key: z.uuid(), revoked: z.literal(true) }) })
  async revoke(@Called() { who, request, reply }: Call, @Param({ schema: idPath }) { id }: IdPath) {
    // A key is revoked once however often it is asked, so nothing needs to be remembered of the request.
    reply.header('idempotency-key', idempotencyKey(request));
    const outcome = await this.keys.revoke(id, { tenant: who.tenant, actor: who.actor });
    // Somebody else's key is as unknown as one that is not there.
    if (outcome.outcome !== 'revoked') throw new Problem({ status: 404, code: 'api-key.unknown', title: 'There is no such key', detail: 'Check the id against GET /api/v1/api-keys.' });
    return { key: id, revoked: true };
  }
}

function shown({ id, person, label, scopes, lastDay, issuedAt, revokedAt }: ApiKey) {
  return { id, person, label, scopes, lastDay, issuedAt, revokedAt };
}
