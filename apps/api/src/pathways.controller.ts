import { holidays, pathways, routes } from '@concordat/pathway';
import { standstillPeriod } from '@concordat/pathway/core';
import { Problem } from '@concordat/platform';
import { isCivilDate } from '@concordat/platform/core';
import { Get, Param, Query } from '@nestjs/common';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { pageOf } from './shapes.js';

const versioned = z.object({ id: z.string().max(100), version: z.coerce.number().int().min(1) });
const standstillQuery = z.strictObject({ published: z.string().refine(isCivilDate, 'must be a day that exists, YYYY-MM-DD') });

const documentShown = z.looseObject({ id: z.string(), version: z.int().min(1), title: z.string() });
const standstillShown = z.union([
  z.object({ begins: z.string(), ends: z.string(), days: z.array(z.string()), warnings: z.array(z.string()) }),
  z.object({ none: z.string() }),
]);

@ApiV1('', 'Pathways and routes')
export class PathwaysController {
  @Get('pathways')
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'listPathways', summary: 'Every published version of every pathway' })
  @ApiResponse({ status: 200, description: 'Without their stages', standardSchema: pageOf(documentShown) })
  listPathways() {
    return { items: pathways.all.map(({ id, version, title, kinds }) => ({ id, version, title, kinds })) };
  }

  @Get('pathways/:id/:version')
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'readPathway', summary: 'One version of a pathway; it never changes' })
  @ApiResponse({ status: 200, description: 'The document, valid under /api/schemas/pathway', standardSchema: documentShown })
  pathway(@Param({ schema: versioned }) { id, version }: z.infer<typeof versioned>) {
    return pathways.find(id, version) ?? unknown('pathway', pathways.all);
  }

  @Get('routes')
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'listRoutes', summary: 'Every published version of every route' })
  @ApiResponse({ status: 200, description: 'Regime, notices and clocks, each with its source', standardSchema: pageOf(documentShown) })
  listRoutes() {
    return { items: routes.all };
  }

  @Get('routes/:id/:version')
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'readRoute', summary: 'One version of a route; it never changes' })
  @ApiResponse({ status: 200, description: 'The document, valid under /api/schemas/route', standardSchema: documentShown })
  route(@Param({ schema: versioned }) { id, version }: z.infer<typeof versioned>) {
    return routes.find(id, version) ?? unknown('route', routes.all);
  }

  @Get('routes/:id/:version/standstill')
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'readStandstill', summary: 'The standstill after a day of publication, with the working days counted' })
  @ApiResponse({ status: 200, description: 'begins, ends, days and warnings; or why there is none', standardSchema: standstillShown })
  standstill(
    @Param({ schema: versioned }) { id, version }: z.infer<typeof versioned>,
    @Query({ schema: standstillQuery }) { published }: z.infer<typeof standstillQuery>,
  ) {
    return standstillPeriod(routes.find(id, version) ?? unknown('route', routes.all), published, holidays);
  }
}

function unknown(kind: string, known: readonly { readonly id: string; readonly version: number }[]): never {
  throw new Problem({
    status: 404,
    code: `${kind}.unknown`,
    title: `There is no such ${kind}`,
    detail: `Published here: ${known.map(({ id, version }) => `${id}/${version}`).join(', ')}.`,
  });
}
