import type { Principal } from '@concordat/access';
import { Agreements } from '@concordat/agreement';
import { type Discipline, disciplines } from '@concordat/pathway/core';
import { Clock, londonDay } from '@concordat/platform';
import { Turnarounds } from '@concordat/register';
import { Get } from '@nestjs/common';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Who } from './ask.js';
import { Asks } from './asked-right.js';
import { ApiOperation, ApiResponse } from './documented.js';

const discipline = z.enum(disciplines as readonly [Discipline, ...Discipline[]]);
const days = z.number().nullable();
const turnaroundShown = z.object({
  disciplines: z.array(z.object({
    discipline,
    answered: z.int().describe('granted or refused within twelve months'),
    median: days.describe('in days: half of those that were answered took no longer; null where none was'),
    slowest: days,
    waiting: z.int().describe('asked for and not answered, in open agreements'),
    oldest: days.describe('how long the one waits that was asked for first'),
  })),
  waiting: z.array(z.object({
    signOff: z.uuid(), agreement: z.uuid(), title: z.string(), pathway: z.string(), stage: z.string(), kind: z.enum(['approval', 'acceptance']), discipline, askedAt: z.string(),
    waitsOn: z.discriminatedUnion('is', [
      z.object({ is: z.literal('people'), people: z.array(z.uuid()) }),
      z.object({ is: z.literal('role'), role: z.string() }),
      z.object({ is: z.literal('provider'), provider: z.uuid() }),
      z.object({ is: z.literal('second') }),
    ]).describe('who is to speak next: these people, whoever holds a role, a provider, or any second person'),
  })).describe('the hundred that wait longest'),
});

/** How long sign-offs wait across all agreements a reader may see. */
@ApiV1('sign-offs/turnaround', 'Gates')
export class TurnaroundController {
  constructor(
    private readonly turnarounds: Turnarounds,
    private readonly agreements: Agreements,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readSignOffTurnaround', summary: 'How long sign-offs took within twelve months, by discipline, and which wait for how long on whom' })
  @ApiResponse({ status: 200, description: 'Disciplines and sign-offs that wait longest first', standardSchema: turnaroundShown })
  async read(@Who() who: Principal) {
    return this.turnarounds.of(who.tenant, await this.agreements.reach(who.tenant, who.actor, 'agreement.read', londonDay(this.clock.now())));
  }
}
