import { Organisations, PersonNames, type Principal, Principals } from '@concordat/access';
import { Installation } from '@concordat/assembly';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { roleOf } from './words/say.js';

/** Who is signed in, and what the head of every page says of them. */
export interface Reader {
  readonly principal: Principal;
  readonly shown: { readonly name: string; readonly roles: string; readonly organisation: string };
}

/** The cookie of a session. Its secret is opaque, and only its hash is stored. */
@Injectable()
export class SignedIn {
  private readonly secure: boolean;

  constructor(
    private readonly principals: Principals,
    private readonly names: PersonNames,
    private readonly organisations: Organisations,
    installation: Installation,
  ) {
    this.secure = installation.publicUrl.startsWith('https:');
  }

  /** Whoever the request's cookie belongs to, or nothing. */
  async read(request: FastifyRequest): Promise<Reader | undefined> {
    const secret = this.secretOf(request);
    const principal = secret === undefined ? undefined : await this.principals.authenticate(secret);
    if (principal === undefined) return undefined;
    const [names, organisation] = await Promise.all([
      this.names.of(principal.tenant, [principal.id]),
      this.organisations.find(principal.tenant),
    ]);
    const roles = principal.actor.kind === 'person' ? principal.actor.grants.map(({ role, discipline }) => [role, discipline].filter(Boolean).join(':')) : [];
    return {
      principal,
      shown: {
        name: names.get(principal.id)?.name ?? '',
        roles: roles.map((role) => roleOf(role).replace(/^(an?|the) /, '')).join('; '),
        organisation: organisation?.name ?? '',
      },
    };
  }

  /** The session's secret as the cookie carries it. */
  secretOf(request: FastifyRequest): string | undefined {
    const cookies = String(request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    return cookies.find((cookie) => cookie.startsWith(`${this.name}=`))?.slice(this.name.length + 1);
  }

  /** Keeps or, without a secret, forgets the session in the browser. */
  keep(reply: FastifyReply, secret?: string): void {
    const life = secret === undefined ? '; Max-Age=0' : '';
    reply.header('set-cookie', `${this.name}=${secret ?? ''}; Path=/; HttpOnly; SameSite=Lax${this.secure ? '; Secure' : ''}${life}`);
  }

  // __Host- binds the cookie to this very host, and browsers take it over https alone.
  private get name(): string {
    return this.secure ? '__Host-concordat' : 'concordat';
  }
}
