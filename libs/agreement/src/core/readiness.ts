import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { providerActing } from './delivery-side.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Conditions, Decide, Evolve } from './topic.js';

/** `says`: with whom and with what it starts. */
type Ready = { readonly startsOn: CivilDate; readonly says: string };

export interface ReadinessCommands {
  /** By a signatory of the provider, for the provider: nobody else knows. The last word counts. */
  'confirm-readiness': Ready;
}

export interface ReadinessEvents {
  'concordat.agreement.readiness-confirmed.v1': Ready & { readonly provider: string; readonly stage: string };
}

/** The last word of each provider. */
export type ReadinessState = readonly (ReadinessEvents['concordat.agreement.readiness-confirmed.v1'] & { readonly by: string })[];
export const initialReadiness: ReadinessState = [];

const signatory = (what: string) => ({ what, suppliedBy: 'provider-signatory', by: 'confirm-readiness' });

export const decide = {
  'confirm-readiness': (states, { startsOn, says }, context) => {
    const { agreement } = states;
    const provider = providerActing(states, context) ?? '';
    const before = agreement.readiness.find((one) => one.provider === provider);
    return unless(
      [
        agreement.award.parties[provider] !== 'provider' && refusal('readiness.not-the-provider', 'Whoever was awarded it says that they are ready.', signatory('a signatory of the provider')),
        startsOn < context.today && refusal('readiness.start-past', 'It starts today or later.', signatory('startsOn')),
        before?.startsOn === startsOn && before.says === says && alreadySo('the provider said so'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.readiness-confirmed.v1', { provider, startsOn, says, stage: agreement.stage })],
    );
  },
} satisfies { [C in keyof ReadinessCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.readiness-confirmed.v1': (agreement: Agreement, { data, meta }) => agreementWith(agreement, {
    readiness: [...agreement.readiness.filter(({ provider }) => provider !== data.provider), { ...data, by: meta.actor }],
  }),
} satisfies { [T in keyof ReadinessEvents]: Evolve<T> };

export const conditions = {
  // Each of several: whoever leads them cannot know whether another has found its staff. The word for a day that is past is none for another start than the one on record.
  'provider.ready': ({ award: { parties }, readiness, facts }, _, { today }) =>
    Object.keys(parties)
      .filter((provider) => parties[provider] === 'provider')
      .flatMap((provider) => {
        const said = readiness.find((one) => one.provider === provider);
        if (said === undefined) return [signatory(`the word of provider-${provider} that it is ready`)];
        return said.startsOn >= today || said.startsOn === facts['contract-period']?.value.startsOn ? [] : [signatory(`the word of provider-${provider} that it is ready: what it said was of a start on ${said.startsOn}`)];
      }),
} satisfies Partial<Conditions>;
