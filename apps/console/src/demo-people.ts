import { Organisations, People } from '@concordat/access';
import { Installation } from '@concordat/assembly';
import { Injectable } from '@nestjs/common';

/** Somebody of the demo whom anyone may sign in as. */
export interface DemoPerson {
  readonly tenant: string;
  readonly organisation: string;
  readonly person: string;
  readonly name: string;
}

const mostOfEach = 200;

/** The people of a demo. Nobody at all outside demo mode, where a person proves who they are. */
@Injectable()
export class DemoPeople {
  constructor(
    private readonly installation: Installation,
    private readonly organisations: Organisations,
    private readonly people: People,
  ) {}

  /** By organisation, then by name. */
  async list(): Promise<readonly DemoPerson[]> {
    if (this.installation.mode !== 'demo') return [];
    const organisations = await this.organisations.list();
    const lists = await Promise.all(organisations.map(async ({ tenant, name: organisation }) => {
      const people = await this.people.list(tenant, { limit: mostOfEach });
      return people
        .filter(({ person }) => !person.disabled)
        .map(({ id, name }) => ({ tenant, organisation, person: id, name }))
        .sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
    }));
    return lists.flat();
  }

  async find(person: string): Promise<DemoPerson | undefined> {
    return (await this.list()).find((entry) => entry.person === person);
  }
}
