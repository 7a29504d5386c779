import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { subjects } from './content.js';

/**
 * Whose hands were on what is approved, whoever took it over since: everybody who proposed an award or chose the route, and
 * everybody who led the agreement or gave its money while something happened to it. Person ids, in the order they came.
 * A lead or sponsor who was named by mistake and replaced before anything was written, asked, decided or moved on is none of these:
 * one wrong name must not leave two people with nobody who may approve.
 */
export type HandState = Readonly<Record<'award' | 'route' | 'lead' | 'sponsor', readonly string[]>>;
export const initialHands: HandState = { award: [], route: [], lead: [], sponsor: [] };

const among = (known: readonly string[], person: string | undefined): readonly string[] => (person === undefined || known.includes(person) ? known : [...known, person]);

/** Has anything happened that somebody answers for? Who gives the money is itself what the sponsor's sign-off rests on, so that alone is no such thing. */
function hasHappened(before: Agreement, after: Agreement): boolean {
  return (
    before.stage !== after.stage || before.signOffs !== after.signOffs || before.decision !== after.decision ||
    subjects.some((subject) => subject !== 'sponsor' && before.content[subject] !== after.content[subject])
  );
}

/** The agreement after an event, knowing whose hands were on it. */
export function withHands(before: Agreement, after: Agreement): Agreement {
  const { proposed } = after.award;
  const kept = (role: 'lead' | 'sponsor') => {
    const holder = before.facts[role]?.value;
    return holder === after.facts[role]?.value ? holder : undefined;
  };
  const happened = hasHappened(before, after);
  const hands: HandState = {
    award: proposed === before.award.proposed ? after.hands.award : among(after.hands.award, proposed?.proposedBy),
    route: after.routeChoice === before.routeChoice ? after.hands.route : among(after.hands.route, after.routeChoice?.chosenBy),
    lead: happened ? among(after.hands.lead, kept('lead')) : after.hands.lead,
    sponsor: happened ? among(after.hands.sponsor, kept('sponsor')) : after.hands.sponsor,
  };
  const same = (Object.keys(hands) as (keyof HandState)[]).every((of) => hands[of] === after.hands[of]);
  return same ? after : agreementWith(after, { hands });
}
