import { Agreements } from '@concordat/agreement';
import { disciplineTitles } from '@concordat/pathway/core';
import { Clock, londonDay } from '@concordat/platform';
import { turnaroundAsCsv, Turnarounds, type WaitingSignOff } from '@concordat/register';
import type { WaitsOn } from '@concordat/register/core';
import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FormDesk } from './form-desk.js';
import { Frame } from './frame.js';
import { sendFile } from './list-file.js';
import { type Named, Names, stageTitleOf } from './names.js';
import { PageFilter } from './page.filter.js';
import { turnaroundShown } from './turnaround-shown.js';
import { ageOf, allOf, roleOf, upper } from './words/say.js';

/** How long sign-offs wait across agreements, by discipline, and who holds up what. */
@UseFilters(PageFilter)
@Controller('agreements/turnaround')
export class TurnaroundPage {
  constructor(
    private readonly frame: Frame,
    private readonly turnarounds: Turnarounds,
    private readonly agreements: Agreements,
    private readonly forms: FormDesk,
    private readonly names: Names,
    private readonly clock: Clock,
  ) {}

  @Get()
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant, actor } = reader.principal;
    const now = this.clock.now();
    const { disciplines, waiting } = await this.turnarounds.of(tenant, await this.agreements.reach(tenant, actor, 'agreement.read', londonDay(now)));
    const named = await this.names.for(tenant, undefined, waiting.map(({ waitsOn }) => waitsOn));
    const holders = await this.forms.holdersFor(tenant, actor);
    const shown = waiting.map((one) => waitingShown(one, heldBy(one.waitsOn, named, holders), now));
    await this.frame.send(request, reply, 'turnaround', { reader, place: '/agreements' }, { ...turnaroundShown(disciplines, shown[0]?.on), waiting: shown });
  }

  @Get('export')
  async export(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant, actor } = reader.principal;
    const { disciplines } = await this.turnarounds.of(tenant, await this.agreements.reach(tenant, actor, 'agreement.read', londonDay(this.clock.now())));
    await sendFile(reply, 'sign-off-turnaround', 'csv', turnaroundAsCsv(disciplines));
  }
}

/** Who is waited for, by name where somebody is. */
function heldBy(on: WaitsOn, named: Named, holders: ReadonlyMap<string, string>): string {
  switch (on.is) {
    case 'people':
      return allOf(on.people.map((person) => named.of(person)));
    case 'role': {
      const who = holders.get(on.role);
      return who === undefined ? roleOf(on.role) : `${roleOf(on.role)} (${who})`;
    }
    case 'provider':
      return named.of(on.provider);
    case 'second':
      return 'a second person';
  }
}

function waitingShown({ agreement, signOff, title, pathway, stage, kind, discipline, askedAt }: WaitingSignOff, on: string, now: Date) {
  return { title, href: `/agreements/${agreement}/sign-offs/${signOff}`, by: stageTitleOf(pathway, stage), on, cells: [`${upper(kind)}: ${disciplineTitles[discipline]}`, ageOf(askedAt, now), upper(on)] };
}
