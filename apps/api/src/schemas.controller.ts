import { pathwaySchema, routeSchema } from '@concordat/pathway';
import { Problem } from '@concordat/platform';
import { eventCatalogue, schemaOfEvent } from '@concordat/webhooks';
import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import * as z from 'zod';
import { ApiOperation, ApiResponse, ApiTags } from './documented.js';
import { QueryGuard } from './query.guard.js';

/** JSON Schemas of what is published, for anyone: a receiver follows `dataschema` here without a key. */
@ApiTags('Schemas')
@Controller('api/schemas')
@UseGuards(QueryGuard)
export class SchemasController {
  @Get('pathway')
  @ApiOperation({ operationId: 'readPathwaySchema', summary: 'JSON Schema (2020-12) of a pathway document', security: [] })
  @ApiResponse({ status: 200, description: 'The schema', standardSchema: z.looseObject({}) })
  pathway() {
    return pathwaySchema();
  }

  @Get('route')
  @ApiOperation({ operationId: 'readRouteSchema', summary: 'JSON Schema (2020-12) of a route document', security: [] })
  @ApiResponse({ status: 200, description: 'The schema', standardSchema: z.looseObject({}) })
  route() {
    return routeSchema();
  }

  @Get('events')
  @ApiOperation({ operationId: 'listEventSchemas', summary: 'Every event type that has a schema', security: [] })
  @ApiResponse({ status: 200, description: 'Types', standardSchema: z.object({ items: z.array(z.string()) }) })
  events() {
    return { items: eventCatalogue.map(({ type }) => type) };
  }

  @Get('events/:type')
  @ApiOperation({ operationId: 'readEventSchema', summary: 'JSON Schema of the data of one event type, as the organisation or its parties see it', security: [] })
  @ApiResponse({ status: 200, description: 'The schema', standardSchema: z.looseObject({}) })
  event(@Param('type') type: string) {
    const schema = schemaOfEvent(type);
    if (schema !== undefined) return z.toJSONSchema(schema, { unrepresentable: 'any' });
    throw new Problem({ status: 404, code: 'event-type.unknown', title: 'There is no such event type', detail: 'GET /api/schemas/events lists them all.' });
  }
}
