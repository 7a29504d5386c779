import type { AgreementTree } from '@concordat/agreement';
import { type Agreement, childrenOf, leftOf, linkKinds, partnersInForce, roleIn } from '@concordat/agreement/core';
import { type Named, stageTitle } from './names.js';
import { formIn, type Offers } from './sight.js';
import { codeOf, counted, moneyOf } from './words/say.js';

const states = { none: '', open: '', held: 'On hold', cancelled: 'Cancelled', closed: 'Closed', split: 'Split into its contracts', transferred: 'Went to a successor' } as const;

/** One agreement of the tree, on a line. */
function lineOf(agreement: Agreement) {
  const { id, title, kind, lifecycle, facts, tree } = agreement;
  const value = facts.value?.value;
  return {
    href: `/agreements/${id}`,
    title,
    kind: codeOf(kind),
    stage: stageTitle(agreement, agreement.stage),
    state: states[lifecycle],
    value: value === undefined ? 'none yet' : moneyOf(value),
    lot: tree.parent?.lot,
  };
}

/** Who provides, each with the role they have where there are several. */
function providersShown({ award }: Agreement, named: Named): string {
  const [lot] = award.awarded?.lots ?? [];
  const parties = Object.entries(award.parties);
  if (parties.length === 0) return 'none yet';
  return parties
    .map(([provider, role]) => `${named.of(provider)}${lot === undefined ? (role === 'provider' ? '' : ` (${role})`) : parties.length === 1 ? '' : ` (${codeOf(roleIn(lot, provider)).toLowerCase()})`}`)
    .join(', ');
}

/** Partner bodies of what it was called off from that are none of it: their record holds on the agreement it is on, so it is made here too or not. */
function partnersAbove({ tree: { parent }, partners }: Agreement, above: AgreementTree['above'], today: string, record: string | undefined) {
  const whole = parent?.as === 'called-off-from' ? above.find((one) => one.id === parent.agreement) : undefined;
  return (whole === undefined ? [] : partnersInForce(whole, today))
    .filter(({ partner }) => !partners.some((here) => here.partner === partner))
    .map(({ partner, title, may, basis }) => ({ title, href: record && `${record}?${new URLSearchParams({ about: partner, title, may, basis })}` }));
}

/** What an agreement came from, what came from it, and what it renews or replaces. */
export function treeShown(agreement: Agreement, { above, beneath, earlier, links }: AgreementTree, today: string, offers: Offers, named: Named) {
  const { parent, calledOff } = agreement.tree;
  const value = agreement.facts.value?.value;
  // Of all that came from it, as its limits are, whoever looks.
  const children = childrenOf(agreement);
  const placed = children.reduce((people, child) => people + (child.people ?? 0), 0);
  const placement = parent?.placement ?? null;
  return {
    headline: headlineOf(agreement, children.length),
    above: above.map(lineOf),
    partnersAbove: partnersAbove(agreement, above, today, offers['record-partner']?.href),
    beneath: beneath.map(({ child, agreement: one }) => ({
      ...lineOf(one),
      providers: providersShown(one, named),
      people: child.people === null ? undefined : counted(child.people, 'person', 'people'),
    })),
    earlier,
    links: links.map(({ as, agreement: one }) => ({ ...lineOf(one), as: codeOf(as), undo: linkKinds.some((own) => own === as) ? formIn(offers)('unlink-agreement', one.id) : undefined })),
    limits:
      calledOff.count === 0 || value === undefined
        ? undefined
        : {
            calledOff: moneyOf({ amount: calledOff.amount, currency: value.currency }),
            left: moneyOf({ amount: leftOf(value.amount, calledOff.amount), currency: value.currency }),
            count: `${calledOff.count}${agreement.facts['most-call-offs'] === undefined ? '' : ` of at most ${agreement.facts['most-call-offs'].value}`}`,
            placed: placed === 0 ? undefined : counted(placed, 'person', 'people'),
          },
    placement: placement && `${counted(placement.people, 'person', 'people')}, at ${moneyOf(placement.rate)} for each ${placement.per}`,
    mayBeCalledOff: (agreement.kind === 'framework' || agreement.kind === 'contract') && agreement.lifecycle === 'open',
    maySplit: agreement.award.awarded !== null && agreement.lifecycle === 'open' && parent?.as !== 'split-from',
  };
}

function headlineOf({ lifecycle, tree, kind }: Agreement, count: number): string {
  if (lifecycle === 'split') return `It was split into ${counted(count, 'contract')}. Each has a life of its own: ending one moves no other.`;
  if (count > 0) return `${counted(count, 'agreement')} ${count === 1 ? 'was' : 'were'} called off from it. Ending one moves no other.`;
  if (tree.parent?.as === 'split-from') return 'It is one of the contracts that an agreement was split into. What was asked and gathered there counts here, and nobody is asked again.';
  if (tree.parent?.as === 'called-off-from') return `It is a ${codeOf(kind).toLowerCase()} under another agreement.`;
  return tree.links.length > 0 ? 'Nothing came from it yet.' : 'It came from no other agreement, and none came from it.';
}
