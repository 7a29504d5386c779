import { Organisations } from '@concordat/access';
import { Journal } from '@concordat/journal';
import { Clock, londonDay } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { isOwn, type OwnPathways as PublishedHere, ownPathwaysFold, ownPathwaysStream, problemsOfOwn, type Pathway, type Published } from './core/index.js';
import { pathways, routes } from './published.js';
import { type DocumentProblem, InvalidDocument, readPathway } from './read.js';

/** What organisations publish themselves. Read from their streams; what was read is held, for a published version never changes. */
@Injectable()
export class OwnPathways {
  constructor(
    private readonly journal: Journal,
    private readonly organisations: Organisations,
    private readonly clock: Clock,
  ) {}

  /** Everything the tenant published itself, oldest first; from then on this process finds it. */
  async of(tenant: string): Promise<readonly Pathway[]> {
    const own = await this.read(tenant);
    pathways.hold(tenant, own);
    return own.versions;
  }

  /** Takes in what another process may have published meanwhile. @returns whether anything was new here. */
  async learn(tenant: string): Promise<boolean> {
    return pathways.hold(tenant, await this.read(tenant));
  }

  /** Makes sure that this process finds the version. Asks nothing about what ships. */
  async know(tenant: string, { id, version }: { readonly id: string; readonly version: number }): Promise<void> {
    if (isOwn(id) && pathways.findFor(tenant, id, version) === undefined) await this.learn(tenant);
  }

  /** Makes sure that this process knows which version is in use, whoever published it a moment ago. Asks nothing about what ships. */
  async knowInUse(tenant: string, { id }: { readonly id: string }): Promise<void> {
    if (isOwn(id)) await this.learn(tenant);
  }

  /** What a publication of this tenant is measured by. */
  async published(tenant: string): Promise<Published> {
    const organisation = await this.organisations.find(tenant);
    if (organisation === undefined) throw new Error(`There is no organisation ${tenant}.`);
    const today = londonDay(this.clock.now());
    return { slug: organisation.slug, shipped: (id, version) => (isOwn(id) ? undefined : pathways.find(id, version)), inUse: (id) => pathways.inUse(id, today), routes: routes.allInUse(today) };
  }

  /**
   * A document that the tenant may publish as its own.
   * @throws InvalidDocument with every problem at once: of shape and sense, or else of name, number and law.
   */
  async readOwn(tenant: string, json: unknown): Promise<Pathway> {
    const pathway = readPathway(json, 'This document');
    const problems: readonly DocumentProblem[] = problemsOfOwn(pathway, { versions: await this.of(tenant) }, await this.published(tenant));
    if (problems.length > 0) throw new InvalidDocument('This document', problems.map(({ pointer, detail }) => ({ pointer, detail })));
    return pathway;
  }

  private async read(tenant: string): Promise<PublishedHere> {
    const stream = ownPathwaysStream(tenant);
    return (await this.journal.load(tenant, [stream])).of(ownPathwaysFold, stream).state;
  }
}
