import { Organisations, People, type Principal } from '@concordat/access';
import { Get } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { Who } from './ask.js';

@ApiV1('me', 'You')
export class MeController {
  constructor(
    private readonly people: People,
    private readonly organisations: Organisations,
  ) {}

  @Get()
  @Asks('signed-in')
  @ApiOperation({ operationId: 'readMe', summary: 'Whose key this is, and what it may do' })
  @ApiResponse({ status: 200, description: 'Person, organisation, roles and the limits of the key' })
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
