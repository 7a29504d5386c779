import { Sessions } from '@concordat/access';
import { Installation } from '@concordat/assembly';
import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { DemoPeople } from './demo-people.js';
import { PageFilter } from './page.filter.js';
import { render } from './render.js';
import { SignedIn } from './signed-in.js';

// An address of this installation, as browsers ask for it: a second slash, or a backslash, which browsers take for one, would lead elsewhere.
const own = z.string().max(2_000).regex(/^\/(?!\/)[!-[\]-~]*$/).optional().catch(undefined);
const query = z.object({ to: own });
// What is no person is no choice.
const form = z.object({ person: z.uuid().optional().catch(undefined), to: own });

@UseFilters(PageFilter)
@Controller()
export class SignInPage {
  constructor(
    private readonly demoPeople: DemoPeople,
    private readonly sessions: Sessions,
    private readonly signedIn: SignedIn,
    private readonly installation: Installation,
  ) {}

  @Get('sign-in')
  async page(@Query({ schema: query }) { to }: z.infer<typeof query>, @Res() reply: FastifyReply) {
    await this.show(reply, 200, to);
  }

  @Post('sign-in')
  async signIn(@Body({ schema: form }) { person, to }: z.infer<typeof form>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const chosen = person === undefined ? undefined : await this.demoPeople.find(person);
    const session = chosen && (await this.sessions.start(chosen.tenant, chosen.person));
    if (session === undefined) return this.show(reply, 422, to, 'Choose whom to sign in as');
    // A session is new at every login: the one before ends here.
    await this.endSession(request);
    this.signedIn.keep(reply, session.secret);
    await reply.redirect(to ?? '/', 303);
  }

  @Post('sign-out')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.endSession(request);
    this.signedIn.keep(reply);
    await reply.redirect('/sign-in', 303);
  }

  private async endSession(request: FastifyRequest): Promise<void> {
    const secret = this.signedIn.secretOf(request);
    if (secret !== undefined) await this.sessions.end(secret);
  }

  private async show(reply: FastifyReply, status: number, to: string | undefined, error?: string): Promise<void> {
    const everyone = await this.demoPeople.list();
    const organisations = [...new Set(everyone.map(({ organisation }) => organisation))].map((organisation) => ({
      organisation,
      items: everyone
        .filter((entry) => entry.organisation === organisation)
        .map(({ person, name }) => ({ value: person, text: name })),
    }));
    await reply
      .status(status)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(render('sign-in', { organisations, error, to, demo: this.installation.mode === 'demo' }));
  }
}
