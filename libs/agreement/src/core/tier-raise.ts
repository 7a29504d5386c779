import type { Refusal } from '@concordat/journal/core';
import { conditionsFor, higherTier, isEarlier, isOfPlan, oneTierUp, type Tier, type TierRaise, tiers } from '@concordat/pathway/core';
import { canonical } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Conditions, Context, Decide, Evolve, States } from './topic.js';

export interface TierRaiseCommands {
  /** It came to light after it was opened that it ends a service, is for a closed setting or tries an untried model. Of what nobody said it of, also that none of these holds. */
  'raise-tier': { readonly raises: readonly TierRaise[]; readonly reason: string };
}

export interface TierRaiseEvents {
  /** `raises`: those that came to light; `tier`: what is asked from now on. No gate that was passed is asked again. */
  'concordat.agreement.tier-raised.v1': { readonly raises: readonly TierRaise[]; readonly reason: string; readonly tier: Tier };
  /** Of what nobody said it of: nothing raises it. */
  'concordat.agreement.tier-kept.v1': { readonly reason: string };
}

/**
 * Gates that were opened for a smaller agreement, where a larger one is asked more: nobody passes them by an estimate that is mended
 * afterwards. What came to light of its impact raises it without that (`raise-tier`), for nobody chose that it was not known.
 * `notEvidenced`: for what tier gates count as opened that were passed before Concordat; for none where nobody knew it.
 */
export function refuseGatesAskedLess(agreement: Agreement, tier: Tier, { pathway, route }: Pick<Context, 'pathway' | 'route'>, notEvidenced?: Tier): Refusal | false {
  // What it costs people who came to a stage that was left is no reason to go back there.
  const asked = (stage: string, as: Tier) => canonical(conditionsFor(pathway, route, stage, as).filter((one) => !isOfPlan(one)));
  const less = pathway.stages.filter(({ id: stage }) => {
    const passage = agreement.stages[stage];
    const as = passage?.gate === 'not-evidenced' ? notEvidenced : passage?.tier;
    return as !== undefined && isEarlier(pathway, stage, agreement.stage) && tiers.indexOf(as) < tiers.indexOf(tier) && asked(stage, as) !== asked(stage, tier);
  });
  const [first] = less;
  return (
    first !== undefined &&
    refusal('tier.gates-asked-less', `An agreement of this value is a ${tier} one, of which gates it passed ask more: ${less.map(({ title }) => title).join(', ')}.`, {
      what: first.id,
      suppliedBy: 'commissioner',
      by: 'return-to-stage',
    })
  );
}

/** One tier up, for however many of what raises it hold; and what was split off keeps the tier of the whole. */
const raised = ({ raises, tier }: Agreement): Tier => (raises.length === 0 ? oneTierUp(tier) : tier);

/** What an agreement counts as that ends this one: as large as that counts, one tier up, and no less than it does already. */
export const tierOfEnding = (agreement: Agreement, ended: Agreement): Tier => higherTier(agreement.tier, raised(ended));

/** The tier that its value gives, and no less than what it ends makes of it: how large an end is nobody chooses by the value they write. */
export function tierBesideEnded(agreement: Agreement, byValue: Tier, others: States['others']): Tier {
  const most = agreement.tree.links.flatMap(({ agreement: id, as }) => (as === 'ends' ? (others[id] ?? []) : [])).map(raised).reduce(higherTier, byValue);
  // What it ends may count as more by now: no gate that it passed is asked again for that.
  return tiers.indexOf(most) > tiers.indexOf(agreement.tier) ? higherTier(byValue, agreement.tier) : most;
}

export const decide = {
  'raise-tier': ({ agreement }, { raises, reason }) => {
    const fresh = [...new Set(raises)].filter((raise) => !agreement.raises.includes(raise));
    const saysNone = raises.length === 0 && !agreement.raisesSaid;
    return unless([fresh.length === 0 && !saysNone && alreadySo(raises.length === 0 ? 'it is said what raises it, or that nothing does' : 'the agreement is raised for this')], () => [
      saysNone ? happened(agreement.id, 'concordat.agreement.tier-kept.v1', { reason }) : happened(agreement.id, 'concordat.agreement.tier-raised.v1', { raises: fresh, reason, tier: raised(agreement) }),
    ]);
  },
} satisfies { [C in keyof TierRaiseCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.tier-raised.v1': (agreement, { data: { raises, tier } }) => agreementWith(agreement, { raises: [...agreement.raises, ...raises], raisesSaid: agreement.raisesSaid || raises.length > 0, tier }),
  'concordat.agreement.tier-kept.v1': (agreement) => agreementWith(agreement, { raisesSaid: true }),
} satisfies { [T in keyof TierRaiseEvents]: Evolve<T> };

export const conditions = {
  'tier.impact-said': ({ raisesSaid }) => (raisesSaid ? [] : [{ what: 'whether it ends a service, is for a closed setting or tries an untried model, or that none of these holds', suppliedBy: 'commissioner', by: 'raise-tier' }]),
} satisfies Partial<Conditions>;
