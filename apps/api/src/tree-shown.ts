import type { AgreementTree } from '@concordat/agreement';
import { type Agreement, leftOf, roleIn } from '@concordat/agreement/core';
import * as z from 'zod';

const money = z.object({ amount: z.string(), currency: z.string() });
const standing = {
  id: z.uuid(),
  title: z.string(),
  kind: z.string(),
  lifecycle: z.enum(['open', 'held', 'cancelled', 'closed', 'split', 'transferred']),
  stage: z.string(),
  value: money.nullable().describe('as it stands now'),
  providers: z.array(z.object({ provider: z.uuid(), role: z.string().describe('lead, member or subcontractor; or what it is while nothing is awarded') })),
};

/** An agreement among those it came from, those that came from it, and those it renews, replaces or ends. */
export const treeShown = z.object({
  ...standing,
  above: z.array(z.object(standing)).describe('what it came from, the first of all first'),
  beneath: z.array(
    z.object({
      ...standing,
      as: z.enum(['split', 'called-off']),
      lot: z.string().nullable(),
      people: z.int().nullable().describe('how many are placed, where it is a placement'),
      opened: money.describe('what it was opened for'),
    }),
  ),
  earlier: z.int().describe('how many more came from it before those'),
  calledOff: z.object({ count: z.int(), value: money.nullable(), left: money.nullable() }),
  links: z.array(z.object({ ...standing, as: z.enum(['renews', 'replaces', 'ends', 'renewed-by', 'replaced-by', 'ended-by']) })),
});

const lotRoles = ['lead', 'member', 'subcontractor'] as const;

function standingOf({ id, title, kind, lifecycle, stage, facts, award }: Agreement) {
  const lots = award.awarded?.lots ?? [];
  const roleOf = (provider: string, role: string) => {
    const roles = lots.filter(({ lead, members, subcontractors }) => [lead, ...members, ...subcontractors].includes(provider)).map((lot) => roleIn(lot, provider));
    // Of a whole that was split, the largest part it has in any contract.
    return lotRoles.find((one) => roles.includes(one)) ?? role;
  };
  const providers = Object.entries(award.parties).map(([provider, role]) => ({ provider, role: roleOf(provider, role) }));
  return { id, title, kind, lifecycle: lifecycle as Exclude<typeof lifecycle, 'none'>, stage, value: facts.value?.value ?? null, providers };
}

/** The tree as the organisation's own people see it. */
export function treeOf(agreement: Agreement, { above, beneath, earlier, links }: AgreementTree): z.input<typeof treeShown> {
  const { count, amount } = agreement.tree.calledOff;
  const value = agreement.facts.value?.value;
  const inIts = (of: string) => (value === undefined ? null : { amount: of, currency: value.currency });
  return {
    ...standingOf(agreement),
    above: above.map(standingOf),
    beneath: beneath.map(({ child: { as, lot, people, value: opened }, agreement: child }) => ({ ...standingOf(child), as, lot, people, opened })),
    earlier,
    calledOff: { count, value: inIts(amount), left: value === undefined ? null : inIts(leftOf(value.amount, amount)) },
    links: links.map(({ as, agreement: other }) => ({ ...standingOf(other), as })),
  };
}
