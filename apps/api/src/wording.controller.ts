import { type Principal, wordingShape, Wordings } from '@concordat/access';
import type { Wording } from '@concordat/access/core';
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

const changed = z.looseObject({ ...wordingShape.shape, dryRun: z.literal(true).optional() });

/** How the organisation speaks on its pages. Codes stay as they are. */
@ApiV1('wording', 'Wording')
export class WordingController {
  constructor(
    private readonly wordings: Wordings,
    private readonly fingerprints: Fingerprints,
  ) {}

  @Get()
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'readWording', summary: 'What pages call those who use a service; in code they stay `service-users`' })
  @ApiResponse({ status: 200, description: 'What ships, while the organisation has said nothing', standardSchema: wordingShape })
  read(@Who() { tenant }: Principal): Promise<Wording> {
    return this.wordings.of(tenant);
  }

  @Post()
  @HttpCode(200)
  @Asks('settings.manage')
  @ApiOperation({ operationId: 'changeWording', summary: 'Says what pages call those who use a service; every page speaks so at once' })
  @ApiResponse({ status: 200, description: 'As it stands from now on', standardSchema: changed })
  async change(
    @Who() who: Principal,
    @Body({ schema: wordingShape }) body: Wording,
    @Query({ schema: writeQuery }) { dryRun }: WriteQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const ask = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', ask.key);
    const told = settle(await this.wordings.change(body, ask, dryRun === 'true'));
    return told.outcome === 'would-record' ? { ...body, dryRun: true } : body;
  }
}
