import type { Journal } from '@concordat/journal';
import { upcastBy } from '@concordat/journal/core';
import type { Sealed } from '@concordat/platform/core';
import { agreementFold, agreementStream, asItHappened } from './core/index.js';

const raised = 'concordat.agreement.concern-raised.v1';
const said = 'concordat.agreement.contribution-recorded.v1';
const aPage = 500;

/**
 * The sealed words of these concerns of one agreement, by the id of the concern. One that was taken for something else at first has
 * the words it was recorded with, which its author's key opens; those of all others are sealed for the concern itself.
 */
export async function concernWords(journal: Journal, tenant: string, agreement: string, concerns: ReadonlySet<string>): Promise<ReadonlyMap<string, Sealed>> {
  const words = new Map<string, Sealed>();
  for (let after = 0; words.size < concerns.size; ) {
    const events = await journal.feed(tenant, after, aPage, { stream: agreementStream(agreement), types: [raised, said, 'concordat.agreement.brought-over.v1'] });
    for (const { data } of events.map((event) => asItHappened(upcastBy(agreementFold, event))) as unknown as readonly { readonly data: { readonly concern?: string; readonly contribution?: string; readonly text: Sealed } }[]) {
      const id = data.concern ?? data.contribution ?? '';
      if (concerns.has(id)) words.set(id, data.text);
    }
    if (events.length < aPage) break;
    after = events.at(-1)?.position ?? after;
  }
  return words;
}
