import { mayAtAll, type Right, rightMissing } from '@concordat/access/core';
import { type Principal, Principals } from '@concordat/access';
import { Installation } from '@concordat/assembly';
import { Clock, londonDay, Problem } from '@concordat/platform';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { askedRight } from './asked-right.js';
import { RateLimit, takeFrom } from './rate-limit.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, once the guard has let the request in. */
    principal?: Principal;
  }
}

/** Requests of one person a minute unless told: far above any client in order. */
const requestsPerMinute = 120_000;
/** Requests with no key or an unknown one, from one address. */
const unknownPerMinute = 600;

/** Lets in who shows a live key whose person may ask this route at all. What depends on the agreement is refused in `decide`. */
@Injectable()
export class KeyGuard implements CanActivate {
  private readonly byPrincipal: RateLimit;
  // Known callers do not count here: behind a proxy all of them may share one address.
  private readonly byAddress = new RateLimit('address', unknownPerMinute);

  constructor(
    private readonly principals: Principals,
    private readonly reflector: Reflector,
    private readonly clock: Clock,
    installation: Installation,
  ) {
    this.byPrincipal = new RateLimit('principal', installation.requestsPerMinute ?? requestsPerMinute);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const key = bearer(request);
    const principal = key === undefined ? undefined : await this.principals.authenticate(key);
    if (principal === undefined) {
      takeFrom(this.byAddress, request.ip, reply);
      throw key === undefined ? keyNeeded() : unknownKey();
    }
    takeFrom(this.byPrincipal, `${principal.tenant}/${principal.id}`, reply);
    const right = this.reflector.get<Right | 'signed-in' | undefined>(askedRight, context.getHandler());
    if (right === undefined) return false;
    if (right !== 'signed-in' && !mayAtAll(principal.actor, right, londonDay(this.clock.now()))) throw missingRight(right);
    request.principal = principal;
    return true;
  }
}

/** The route asks a right that neither the person's roles nor the key's scopes give. */
export function missingRight(right: Right): Problem {
  const { code, asks, missing } = rightMissing(right);
  return new Problem({
    status: 403,
    code,
    title: 'You may not do this',
    detail: `${asks} Ask an administrator for a role that has it, or use a key whose scopes include it.`,
    errors: [{ code, detail: asks, missing }],
  });
}

function unknownKey(): Problem {
  return new Problem({
    status: 401,
    code: 'key.unknown',
    title: 'This key opens nothing',
    detail: 'The key is unknown, revoked or expired, or its person was disabled. An administrator can make a new one.',
    headers: { 'www-authenticate': 'Bearer realm="concordat", error="invalid_token"' },
  });
}

function bearer(request: FastifyRequest): string | undefined {
  const [scheme, key] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && key ? key : undefined;
}

function keyNeeded(): Problem {
  return new Problem({
    status: 401,
    code: 'key.missing',
    title: 'A key is needed',
    detail: 'Send "Authorization: Bearer cnc_…". An administrator of your organisation makes keys.',
    headers: { 'www-authenticate': 'Bearer realm="concordat"' },
  });
}
