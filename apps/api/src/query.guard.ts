import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { validate } from './validate.js';

const noQuery = z.strictObject({});

/** Refuses every query to a route whose method reads none: a `dryRun` that it does not know must not be taken for a real one. */
@Injectable()
export class QueryGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (!readsQuery(context)) validate(noQuery, context.switchToHttp().getRequest<FastifyRequest>().query);
    return true;
  }
}

function readsQuery(context: ExecutionContext): boolean {
  const read = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as object | undefined;
  return Object.keys(read ?? {}).some((argument) => argument.startsWith(`${RouteParamtypes.QUERY}:`));
}
