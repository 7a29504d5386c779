import type { Gate } from '@concordat/agreement';
import type { Agreement } from '@concordat/agreement/core';
import { pathways } from '@concordat/pathway';

const says = { opened: 'gate opened', 'not-evidenced': 'before Concordat: not evidenced', shut: '' } as const;

/** The stage strip: every stage of the pathway, and where the agreement is. Never colour alone. */
export function stagesShown(agreement: Agreement) {
  const stages = pathways.find(agreement.pathway.id, agreement.pathway.version)?.stages ?? [];
  return stages.map(({ id, title }) => {
    const gate = agreement.stages[id]?.gate;
    const here = id === agreement.stage && agreement.lifecycle !== 'closed';
    return {
      title,
      where: here ? 'here' : gate === undefined || gate === 'shut' ? 'ahead' : 'behind',
      says: here ? 'is here' : gate === undefined ? 'ahead' : says[gate],
    };
  });
}

/** The checklist in words: what is asked, and for each missing thing who can supply it. */
export function checklistShown({ agreement, stage, preliminary, checklist }: Gate) {
  const unmet = checklist.filter(({ met }) => !met).length;
  const title = pathways.find(agreement.pathway.id, agreement.pathway.version)?.stages.find(({ id }) => id === stage)?.title ?? stage;
  return {
    stage: title,
    preliminary,
    headline:
      unmet === 0 ? 'Everything it asks is there. A commissioner can move the agreement on.' : `${unmet} of ${checklist.length} ${unmet === 1 ? 'is' : 'are'} not met yet.`,
    items: checklist.map(({ asks, met, missing, doesNotApply }) => ({
      asks: doesNotApply === null ? asks : `${asks} Does not apply: ${doesNotApply}`,
      met,
      missing: missing.map(({ what, suppliedBy, by }) => `${what}: from ${suppliedBy.replaceAll('-', ' ')}${by === undefined ? '' : ` (${by})`}`),
    })),
  };
}
