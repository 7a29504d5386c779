import type { Missing } from '@concordat/journal/core';
import { canonical, type JsonObject } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { isNoticeGiven } from './ending.js';
import { type AgreementEvent, happened } from './event.js';
import { factsBefore } from './facts.js';
import { mustAccept } from './lots.js';
import { providersOfAward } from './party.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Context, Decide, Evolve, States } from './topic.js';
import type { Variation } from './variation.js';
import { factsAfter, type VariationTo } from './variation-to.js';

/*
 * A change of a contract binds nobody who did not accept it: what was agreed to is offered to whoever provides, and carried out once they accepted.
 */

export interface VariationAcceptanceCommands {
  /** By a signatory of the very provider, who names the version that was offered. */
  'accept-variation': { readonly variation: string; readonly versionRead: string };
}

export interface VariationAcceptanceEvents {
  /** It was agreed to, and a second person read that where one must: to each who is to accept it. `version`: of what it changes and how that stood then, as its hash. */
  'concordat.agreement.variation-offered.v1': { readonly variation: string; readonly provider: string; readonly to: VariationTo; readonly version: string };
  'concordat.agreement.variation-accepted.v1': { readonly variation: string; readonly provider: string; readonly version: string };
}

/** To whom it was offered, as this version, and who accepted it, by provider id; null of what no provider is asked of, and of what was agreed to before they were. */
export type OfferState = { readonly version: string; readonly accepted: readonly { readonly provider: string; readonly by: string }[] } | null;

/** Those who accept a change: who leads and who is a member of a consortium, or whoever it was taken over with. A subcontractor answers to them. */
function partiesTo({ award }: Agreement): readonly string[] {
  const providers = providersOfAward(award);
  const named = mustAccept(award).filter((provider) => providers.includes(provider));
  return named.length > 0 ? named : providers;
}

/** A contract is ended on notice by one side. */
const isEndedOnNotice = ({ facts }: Agreement, to: VariationTo): boolean => {
  const held = facts['contract-period']?.value;
  return to.is === 'period' && held !== undefined && to.startsOn === held.startsOn && to.endsOn < held.endsOn;
};

/** What was agreed to is offered to whoever provides. */
export function offeredOnceAgreed({ agreement, others }: Pick<States, 'agreement' | 'others'>, { variation, what, to, carriedOut }: Variation, { sha256 }: Pick<Context, 'sha256'>): readonly AgreementEvent[] {
  if (carriedOut || (isEndedOnNotice(agreement, to) && isNoticeGiven(agreement, others))) return [];
  const version = sha256(canonical({ agreement: agreement.id, variation, what, to, stands: { ...factsBefore(agreement, Object.keys(factsAfter(agreement, to))) } }));
  return partiesTo(agreement).map((provider) => happened(agreement.id, 'concordat.agreement.variation-offered.v1', { variation, provider, to, version }));
}

/** What it changes and something else changed since it was decided on: what was weighed is not what would be carried out. */
export function changedSince(agreement: Agreement, { to, decided }: Variation): readonly string[] {
  const names = Object.keys(factsAfter(agreement, to));
  const now: JsonObject = { ...factsBefore(agreement, names) };
  const then: JsonObject = { ...decided?.from };
  return decided?.outcome !== 'agreed' ? [] : names.filter((name) => canonical(now[name] ?? null) !== canonical(then[name] ?? null));
}

/** The providers who are still to accept what was offered, unless what it changes is another by now. */
export function stillToAccept(agreement: Agreement, variation: Variation): readonly string[] {
  const { offer, carriedOut } = variation;
  if (offer === null || carriedOut || changedSince(agreement, variation).length > 0) return [];
  return partiesTo(agreement).filter((provider) => !offer.accepted.some((one) => one.provider === provider));
}

export const acceptanceMissing = (agreement: Agreement, variation: Variation): readonly Missing[] =>
  stillToAccept(agreement, variation).map((provider) => ({ what: `acceptance by provider-${provider}`, suppliedBy: 'provider-signatory', by: 'accept-variation' }));

export const decide = {
  'accept-variation': ({ agreement, persons }, { variation: id, versionRead }, { actor }) => {
    const member = (actor.kind === 'person' ? persons[actor.person] : undefined)?.memberOf;
    const provider = member?.kind === 'provider' ? member.provider : '';
    const variation = agreement.variations.find((one) => one.variation === id);
    const offer = variation?.offer ?? null;
    return unless(
      [
        (offer === null || !partiesTo(agreement).includes(provider)) &&
          refusal('variation.not-offered', 'What a provider accepts was agreed to and offered to them.', { what: 'a variation that was agreed to', suppliedBy: 'decision-maker', by: 'decide-variation' }),
        offer !== null && versionRead !== offer.version &&
          refusal('variation.other-version', 'Whoever accepts has read what was offered.', { what: `version ${offer.version}`, suppliedBy: 'provider-signatory', by: 'accept-variation' }),
        variation !== undefined && offer !== null && !stillToAccept(agreement, variation).includes(provider) && alreadySo('the variation is accepted'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.variation-accepted.v1', { variation: id, provider, version: versionRead })],
    );
  },
} satisfies { [C in keyof VariationAcceptanceCommands]: Decide<C> };

const offering = (agreement: Agreement, id: string, change: (offer: OfferState) => OfferState): Agreement =>
  agreementWith(agreement, { variations: agreement.variations.map((one) => (one.variation === id ? { ...one, offer: change(one.offer) } : one)) });

export const evolve = {
  'concordat.agreement.variation-offered.v1': (agreement, { data: { variation, version } }) => offering(agreement, variation, (offer) => (offer?.version === version ? offer : { version, accepted: [] })),
  'concordat.agreement.variation-accepted.v1': (agreement, { data: { variation, provider }, meta }) => offering(agreement, variation, (offer) => offer && { ...offer, accepted: [...offer.accepted, { provider, by: meta.actor }] }),
} satisfies { [T in keyof VariationAcceptanceEvents]: Evolve<T> };
