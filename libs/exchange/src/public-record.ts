import { Organisations, Providers, Vault } from '@concordat/access';
import { Agreements } from '@concordat/agreement';
import { type Agreement, authorsOf, type Publication, publicOf } from '@concordat/agreement/core';
import { routes } from '@concordat/pathway';
import { isUuid } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { type Release, releaseOf } from './core/index.js';

type Of<K extends Publication['of']['is']> = Publication & { readonly of: Extract<Publication['of'], { is: K }> };

/** What is public of an agreement, each as the agreement stood when it was published, so that nothing is told that nobody released. */
@Injectable()
export class PublicRecord {
  constructor(
    private readonly agreements: Agreements,
    private readonly organisations: Organisations,
    private readonly providers: Providers,
    private readonly vault: Vault,
  ) {}

  /** The organisation, what of this agreement of its is public, and the agreement as it is now; undefined where nothing is, whether the agreement is there or not. */
  async of(tenant: string, id: string) {
    if (!isUuid(tenant) || !isUuid(id)) return undefined;
    const [found, organisation] = await Promise.all([this.agreements.find(tenant, id), this.organisations.find(tenant)]);
    const publications = found === undefined ? [] : publicOf(found.agreement);
    return organisation === undefined || found === undefined || publications.length === 0 ? undefined : { organisation, publications, now: found.agreement };
  }

  /** Its releases as OCDS, in the order they went out. */
  async releases(tenant: string, id: string, publications: readonly Publication[], organisation: { readonly name: string }): Promise<readonly Release[]> {
    const released = publications.filter((one): one is Of<'release'> => one.of.is === 'release');
    const all: Release[] = [];
    for (const publication of released) {
      const then = await this.whenPublished(tenant, id, publication);
      const route = routes.find(then.route.id, then.route.version);
      if (route === undefined) throw new Error(`The agreement ${id} follows a route that this release does not ship.`);
      const providers = await this.providers.of(tenant, Object.keys(then.award.parties));
      all.push(releaseOf(then, publication, { route, buyer: { id: tenant, name: organisation.name, identifiers: [] }, providers }));
    }
    return all;
  }

  /** What people said and what was done, as it was published last, with the agreement as it stood then and who of its authors was erased since; undefined where that is not public. */
  async said(tenant: string, id: string, publications: readonly Publication[]) {
    const last = publications.findLast(({ of }) => of.is === 'you-said-we-did');
    if (last === undefined || last.published === null) return undefined;
    const agreement = await this.whenPublished(tenant, id, last);
    return { agreement, on: last.published.on, erased: await this.vault.erased(tenant, authorsOf(agreement)) };
  }

  /** The agreement as it stood when this was published. */
  private async whenPublished(tenant: string, id: string, { publication, published }: Publication): Promise<Agreement> {
    const then = await this.agreements.findAtVersion(tenant, id, published?.version ?? 0);
    if (then === undefined) throw new Error(`The publication ${publication} of the agreement ${id} stands at no version of it.`);
    return then;
  }
}
