import type { CivilDate } from '@concordat/platform/core';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Conditions, Decide, Evolve } from './topic.js';

/** Providers were asked before anything is bought, or it is said why that is not useful here. */
export type EngagementOutcome =
  | { readonly is: 'held'; readonly on: CivilDate; readonly how: string; readonly providers: number; readonly said: string; readonly follows: string }
  | { readonly is: 'not-useful'; readonly because: string };

export interface ProviderEngagementCommands {
  'record-provider-engagement': { readonly engagement: string; readonly outcome: EngagementOutcome };
}

export interface ProviderEngagementEvents {
  'concordat.agreement.provider-engagement-recorded.v1': { readonly engagement: string; readonly outcome: EngagementOutcome; readonly stage: string };
}

/** In the order they were recorded. */
export type ProviderEngagementState = readonly ProviderEngagementEvents['concordat.agreement.provider-engagement-recorded.v1'][];
export const initialProviderEngagement: ProviderEngagementState = [];

const commissioner = (what: string) => ({ what, suppliedBy: 'commissioner', by: 'record-provider-engagement' });

export const decide = {
  'record-provider-engagement': ({ agreement }, { engagement, outcome }, { today }) =>
    unless(
      [
        agreement.providerEngagement.some((one) => one.engagement === engagement) && alreadySo('this engagement is recorded'),
        outcome.is === 'held' && outcome.on > today && refusal('provider-engagement.not-held-yet', 'Engagement with providers is recorded once it was held.', commissioner('outcome.on')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.provider-engagement-recorded.v1', { engagement, outcome, stage: agreement.stage })],
    ),
} satisfies { [C in keyof ProviderEngagementCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.provider-engagement-recorded.v1': (agreement, { data }) => agreementWith(agreement, { providerEngagement: [...agreement.providerEngagement, data] }),
} satisfies { [T in keyof ProviderEngagementEvents]: Evolve<T> };

export const conditions = {
  'providers.engaged': ({ providerEngagement }) => (providerEngagement.length > 0 ? [] : [commissioner('what providers say before anything is bought, or why asking them is not useful')]),
} satisfies Partial<Conditions>;
