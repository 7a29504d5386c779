import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Frame } from './frame.js';
import { PageFilter } from './page.filter.js';

/** The start page: what waits for whoever is signed in. */
@ApiExcludeController()
@UseFilters(PageFilter)
@Controller()
export class MyWorkPage {
  constructor(private readonly frame: Frame) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    await this.frame.send(request, reply, 'my-work', { reader, place: '/' }, {});
  }
}
