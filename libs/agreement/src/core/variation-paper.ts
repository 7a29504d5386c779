import { canonical, type JsonObject } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { materialForPeople } from './content.js';
import type { Variation } from './variation.js';

/** What whoever decides on a variation is shown: what is proposed, what it would change as that stands now, who was asked again or why not, and what was answered of the regime's test. */
function paperOf({ id, facts }: Pick<Agreement, 'id' | 'facts'>, { variation, what, why, to, touches, afterEnd, askedAgain, notAsked, test }: Variation): JsonObject {
  return {
    agreement: id,
    proposed: { variation, what, why, to, touches, afterEnd },
    stands: Object.fromEntries(materialForPeople.map((name) => [name, facts[name]?.value ?? null])),
    asked: askedAgain.map(({ theme, activity, said }) => [theme, activity, said]),
    notAsked: notAsked.map(({ theme, why: because }) => [theme, because]),
    test: test && [test.ground, test.confirmed, test.why, test.lacks],
  };
}

/** The version of a variation that a decision-maker reads and names. SHA-256 in lower-case hex. */
export function variationVersion(agreement: Pick<Agreement, 'id' | 'facts'>, variation: Variation, sha256: (text: string) => string): string {
  return sha256(canonical(paperOf(agreement, variation)));
}

/** Does it stand otherwise than whoever decided on it read it, before a second person did? Of what was decided before they named a version nobody knows. */
export const isStaleToSecond = (agreement: Pick<Agreement, 'id' | 'facts'>, variation: Variation, sha256: (text: string) => string): boolean =>
  variation.decided?.second.is === 'awaited' && variation.decided.version !== null && variation.decided.version !== variationVersion(agreement, variation, sha256);
