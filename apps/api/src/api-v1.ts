import { applyDecorators, Controller, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiTags } from '@nestjs/swagger';
import type { Right } from '@concordat/access/core';
import { KeyGuard } from './key.guard.js';

/** A controller of the JSON API: under `/api/v1`, behind a key, tagged in the document. */
export function ApiV1(path: string, tag: string): ClassDecorator {
  return applyDecorators(Controller(`api/v1/${path}`), UseGuards(KeyGuard), ApiBearerAuth('key'), ApiTags(tag));
}

export const askedRight = 'concordat:right';

/**
 * The one right a route asks, or `signed-in` where the route decides itself because the right depends on the request.
 * A route without it answers 403 to everybody (the guard fails closed).
 */
export function Asks(right: Right | 'signed-in'): MethodDecorator {
  return applyDecorators(SetMetadata(askedRight, right), ApiExtension('x-right', right));
}
