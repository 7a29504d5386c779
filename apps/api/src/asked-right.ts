import type { Right } from '@concordat/access/core';
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from './documented.js';

export const askedRight = 'concordat:right';

/**
 * The one right a route asks, or `signed-in` where the route decides itself because the right depends on the request.
 * A route without it answers 403 to everybody (the guard fails closed).
 */
export function Asks(right: Right | 'signed-in'): MethodDecorator {
  return applyDecorators(SetMetadata(askedRight, right), ApiExtension('x-right', right));
}
