import { Organisations, People, type Principal } from '@concordat/access';
import { Get } from '@nestjs/common';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { Who } from './ask.js';
import { ApiOperation, ApiResponse } from './documented.js';

const meShown = z.object({
  person: z.uuid(),
  name: z.string().nullable(),
  organisation: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }).nullable(),
  roles: z.array(z.looseObject({ role: z.string() })),
  scopes: z.union([z.literal('all'), z.array(z.string())]),
});

@ApiV1('me', 'You')
export class MeController {
  constructor(
    private readonly people: People,
    private readonly organisations: Organisations,
  ) {}

  @Get()
  @Asks('signed-in')
  @ApiOperation({ operationId: 'readMe', summary: 'Whose key this is, and what it may do' })
  @ApiResponse({ status: 200, description: 'Person, organisation, roles and the limits of the key', standardSchema: meShown })
  async me(@Who() { tenant, id, actor }: Principal) {
    const [entry, organisation] = await Promise.all([this.people.find(tenant, id), this.organisations.find(tenant)]);
    return {
      person: id,
      name: entry?.name ?? null,
      organisation: organisation === undefined ? null : { id: tenant, slug: organisation.slug, name: organisation.name },
      roles: actor.kind === 'person' ? actor.grants : [],
      scopes: actor.kind === 'person' ? actor.scopes : [],
    };
  }
}
