import { actorName } from '@concordat/access/core';
import { isEarlier, type Pathway } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { awardingStage } from './deciding-stage.js';
import { happened } from './event.js';
import { providersIn } from './lots.js';
import { refusal, unless } from './refusal.js';
import { everyIdOf, refuseSamePerson } from './separation.js';
import type { Context, Decide, Evolve } from './topic.js';

/*
 * A provider who was invited by mistake. While a sourcing is under way two people withdraw an invitation: nobody throws out a bidder alone.
 */

export interface UninvitingCommands {
  /** Once the sourcing is under way by two people: who asks for it, and another who says the same. */
  'uninvite-provider': { readonly provider: string; readonly reason: string };
}

export interface UninvitingEvents {
  /** Somebody asks that the provider be invited no more, and waits for another. `identities`: their other ids. */
  'concordat.agreement.uninviting-asked.v1': { readonly provider: string; readonly reason: string; readonly identities: readonly string[] };
  /** `becomes`: what the provider is from now on. */
  'concordat.agreement.provider-uninvited.v1': { readonly provider: string; readonly reason: string; readonly becomes: 'incumbent' | null };
}

const commissioner = (what: string, by: string) => ({ what, suppliedBy: 'commissioner', by });

/** Was the stage before the one that awards ever reached? There it is prepared who is awarded what. */
function isUnderWay({ stage, cameBackFrom }: Agreement, { pathway }: Pick<Context, 'pathway'>): boolean {
  const from = beforeAward(pathway);
  return from === undefined || [stage, ...cameBackFrom].some((reached) => !isEarlier(pathway, reached, from));
}
function beforeAward(pathway: Pathway): string | undefined {
  const ids = pathway.stages.map(({ id }) => id);
  return ids[Math.max(0, ids.indexOf(awardingStage(pathway) ?? '') - 1)];
}

const namedInProposal = ({ award: { proposed } }: Agreement, provider: string): boolean => proposed !== null && [proposed.provider, ...providersIn(proposed.lots)].includes(provider);
const isInvitedStill = ({ award }: Agreement, provider: string): boolean => award.parties[provider] === 'invited' && award.left[provider] === undefined;
const isDecided = ({ award, decision }: Agreement): boolean => decision !== null || award.notice !== null;

/** The providers that somebody asked to invite no more, and who that was, while a second person may still say the same. */
export const uninvitingOpen = (agreement: Agreement): readonly { readonly provider: string; readonly askedBy: string | null }[] =>
  Object.entries(agreement.award.uninviting).flatMap(([provider, { everyId }]) =>
    isInvitedStill(agreement, provider) && !namedInProposal(agreement, provider) && !isDecided(agreement) ? [{ provider, askedBy: everyId[0] ?? null }] : [],
  );

export const decide = {
  'uninvite-provider': ({ agreement, persons }, { provider, reason }, context) => {
    const { award } = agreement;
    const { proposed, uninviting } = award;
    const person = actorName(context.actor);
    const everyId = everyIdOf(persons, person);
    const isInvited = isInvitedStill(agreement, provider);
    const asked = uninviting[provider];
    return unless(
      [
        !isInvited && refusal('uninvite.not-invited', 'Whoever is invited no more was invited, and the sourcing is not over for them.', commissioner('provider', 'uninvite-provider')),
        isInvited && namedInProposal(agreement, provider) && refusal('uninvite.proposed', 'Whoever is proposed for the award stays invited: another award is proposed first.', commissioner('an award to others', (proposed?.lots ?? []).length > 0 ? 'propose-lots' : 'propose-award')),
        isInvited && isDecided(agreement) &&
          refusal('uninvite.decided', 'Once it was decided who is awarded what, all who were invited hear of it at one instant, and challenge it if they will.', commissioner('the decision, gone back over', 'return-to-stage')),
        refuseSamePerson(persons, context.actor, asked?.everyId ?? [], { code: 'uninvite.one-word', asks: 'While a sourcing is under way an invitation is withdrawn by two people.', did: 'asked for it', by: 'uninvite-provider' }),
      ],
      () =>
        asked === undefined && isUnderWay(agreement, context)
          ? [happened(agreement.id, 'concordat.agreement.uninviting-asked.v1', { provider, reason, identities: everyId.filter((id) => id !== person) })]
          : [happened(agreement.id, 'concordat.agreement.provider-uninvited.v1', { provider, reason, becomes: award.soFar[provider] === undefined ? null : 'incumbent' })],
    );
  },
} satisfies { [C in keyof UninvitingCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.uninviting-asked.v1': (agreement, { data: { provider, reason, identities }, meta }) => agreementWith(agreement, {
    award: { ...agreement.award, uninviting: { ...agreement.award.uninviting, [provider]: { reason, everyId: [meta.actor, ...identities] } } },
  }),
  'concordat.agreement.provider-uninvited.v1': (agreement, { data: { provider, becomes } }) => {
    const { [provider]: _, ...parties } = agreement.award.parties;
    const { [provider]: __, ...uninviting } = agreement.award.uninviting;
    return agreementWith(agreement, { award: { ...agreement.award, uninviting, parties: becomes === null ? parties : { ...parties, [provider]: becomes } } });
  },
} satisfies { [T in keyof UninvitingEvents]: Evolve<T> };
