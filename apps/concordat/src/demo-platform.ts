import type { Actor } from '@concordat/access/core';
import { Agreements } from '@concordat/agreement';
import { ContributionImports } from '@concordat/exchange';
import { newId, uuidv5 } from '@concordat/platform';
import { addDays, type CivilDate } from '@concordat/platform/core';
import type { INestApplicationContext } from '@nestjs/common';

/** What people wrote on a platform: two proposals, and one that was taken back. */
const proposals = (publishedOn: CivilDate) =>
  ['Keep the same driver all winter.', 'Tell us the day before who comes.', 'Withdrawn.'].map((text, at) => ({
    id: at + 1, component: { id: 9 }, participatory_space: { id: 1, url: 'https://decidim.example/processes/winter' }, author: { id: 100 + at }, title: { en: `Proposal ${at + 1}` }, body: { en: text },
    published_at: `${publishedOn}T10:00:00Z`, ...(at === 2 && { state: 'withdrawn' }),
  }));

/** Takes an export of Decidim in as a facilitator does; the worker records it entry by entry. Taken in before, it is left as it is. */
export async function takeInPlatform(parts: INestApplicationContext, taken: { readonly tenant: string; readonly agreement: string; readonly activity: string; readonly by: string; readonly today: CivilDate }): Promise<void> {
  const { tenant, activity, by, today } = taken;
  const imports = parts.get(ContributionImports);
  const { agreement } = (await parts.get(Agreements).find(tenant, taken.agreement))!;
  if ((await imports.kept(tenant, agreement.id)).length > 0) return;
  const actor: Actor = { kind: 'person', person: by, grants: [], scopes: 'all' };
  const file = { name: 'decidim-proposals.json', bytes: inOnePiece(JSON.stringify(proposals(addDays(today, -1)))) };
  await imports.take({ tenant, agreement, activity, address: '' }, file, { operation: uuidv5(activity, 'demo export of a platform'), actor, principal: by, correlationId: newId() });
}

async function* inOnePiece(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
