import type { Principal } from '@concordat/access';
import { Agreements } from '@concordat/agreement';
import { Clock, londonDay } from '@concordat/platform';
import { WaiverCounts } from '@concordat/register';
import { Get } from '@nestjs/common';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Who } from './ask.js';
import { Asks } from './asked-right.js';
import { ApiOperation, ApiResponse } from './documented.js';

const waiversShown = z.object({
  counts: z.array(z.object({ condition: z.string(), team: z.string().describe('a team by its latest name, or the id of the person whose waivers count together'), alsoCalled: z.array(z.string()).describe('what it was called when others of these were given'), count: z.int(), lastGivenAt: z.string() })),
  toReview: z
    .array(z.object({ waiver: z.uuid(), agreement: z.uuid(), title: z.string(), pathway: z.string(), condition: z.string(), team: z.string(), stage: z.string(), givenAt: z.string(), nth: z.int() }))
    .describe('the third of one condition and team within twelve months, the sixth, and so on, until the senior responsible owner has reviewed it with review-waiver'),
});

/** Waivers across all agreements a reader may see. */
@ApiV1('waivers', 'Gates')
export class WaiversController {
  constructor(
    private readonly waivers: WaiverCounts,
    private readonly agreements: Agreements,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'countWaivers', summary: 'How many waivers of which condition each team was given within twelve months, and which of them wait for a review. A review blocks nothing' })
  @ApiResponse({ status: 200, description: 'The most given first; the longest waiting first', standardSchema: waiversShown })
  async count(@Who() who: Principal) {
    return this.waivers.of(who.tenant, await this.agreements.reach(who.tenant, who.actor, 'agreement.read', londonDay(this.clock.now())));
  }
}
