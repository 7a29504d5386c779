import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { commitmentStands } from './commitment.js';
import { contributionOf, everythingSaid, whoSees } from './contribution.js';
import { peopleSeenFromOutside } from './reach.js';
import { fewest, keepSmallNumbers } from './small-numbers.js';
import { peopleUpTo, someoneTookPart } from './who-took-part.js';
import { answerStands, type Change, type Response, type Theme } from './answering.js';

/**
 * What an agreement tells everybody of what people said and what was done: what they were asked, each theme with its answer, what
 * was promised. It names nobody and holds no word of theirs. A theme of fewer than five people is told where all of them let the
 * public see what they said, and is else one of so many (`few`); nor is a promise told that answers such a theme,
 * or that an earlier agreement made: whom it answers is known there. Nor is it told what was held where fewer than five came.
 */
export interface YouSaidWeDid {
  readonly asked: readonly {
    readonly stage: string;
    readonly activities: readonly string[];
    /** How many more were held, to each of which fewer than five people came. */
    readonly fewCame: number;
    /** Who came, by the groups it was for; `null` of a stage that still goes on. */
    readonly people: ReturnType<typeof peopleSeenFromOutside>;
  }[];
  readonly themes: readonly {
    readonly title: string;
    /** `null` while it waits for an answer. */
    readonly did: { readonly outcome: Response['outcome']; readonly reasons: string; readonly changed: string | null; readonly links: readonly Change[]; readonly on: CivilDate | null; readonly until: CivilDate | null } | null;
    readonly stands: ReturnType<typeof answerStands>;
    /** What was adopted and undone later. */
    readonly undone: { readonly on: CivilDate; readonly reasons: string } | null;
  }[];
  readonly few: number;
  readonly commitments: readonly { readonly what: string; readonly by: CivilDate; readonly stands: ReturnType<typeof commitmentStands>; readonly says: string | null }[];
}

/** Whose word stands in the ledger: of them it is asked who was erased. */
export const authorsOf = (agreement: Agreement): readonly string[] => [...new Set(everythingSaid(agreement).map(({ author }) => author))];

/** The themes that may be told of, by id. Whoever let the public see what they said and does so no more, whose word left the ledger, or who was erased, agrees no more. */
export function tellable(agreement: Agreement, erased: ReadonlySet<string>, now: Agreement): ReadonlySet<string> {
  const parts = agreement.contributions.themes.map(({ id, contributions }) => {
    const said = contributions.flatMap((one) => contributionOf(agreement, one) ?? []);
    const isPublic = (at: Agreement, one: string) => {
      const found = contributionOf(at, one);
      return found !== undefined && whoSees(at, found) === 'public';
    };
    return { name: id, authors: new Set(said.map(({ author }) => author)), agreed: said.every(({ id: one, author }) => isPublic(agreement, one) && !erased.has(author) && isPublic(now, one)) };
  });
  const kept = keepSmallNumbers(parts.map(({ name, authors, agreed }) => ({ name, people: authors.size, agreed })), new Set(parts.flatMap(({ authors }) => [...authors])).size);
  return new Set(kept.parts.filter(({ people }) => people !== null && people > 0).map(({ name }) => name));
}

const didOf = ({ response, answeredOn }: Theme): YouSaidWeDid['themes'][number]['did'] =>
  response === null ? null : { outcome: response.outcome, reasons: response.reasons, changed: 'changed' in response ? response.changed : null, links: ('links' in response ? response.links : undefined) ?? [], on: answeredOn, until: ('until' in response ? response.until : undefined) ?? null };

/** As it stands on a day. `erased`: who was, of its authors. `now`: the agreement as it is today, where it is told as it stood before: people choose at any time who sees what they said. */
export function youSaidWeDid(agreement: Agreement, today: CivilDate, erased: ReadonlySet<string>, now = agreement): YouSaidWeDid {
  const { involvement, contributions: { themes }, commitments } = agreement;
  const told = tellable(agreement, erased, now);
  const held = involvement.activities.filter((one) => !one.voided && someoneTookPart(one));
  return {
    asked: [...new Set(held.map(({ stage }) => stage))].map((stage) => {
      const there = held.filter((one) => one.stage === stage);
      const activities = there.filter((one) => peopleUpTo([one], fewest) === fewest).map(({ title }) => title);
      return { stage, activities, fewCame: there.length - activities.length, people: peopleSeenFromOutside(agreement, stage) };
    }),
    themes: themes.filter(({ id }) => told.has(id)).map((theme) => ({
      title: theme.title,
      did: didOf(theme),
      stands: answerStands(theme),
      undone: theme.reversed && { on: theme.reversed.on, reasons: theme.reversed.reasons },
    })),
    few: themes.filter(({ id, contributions }) => contributions.length > 0 && !told.has(id)).length,
    commitments: commitments.filter(({ theme, from }) => from === null && (theme === null || told.has(theme))).map(({ what, by, became }) => ({
      what,
      by,
      stands: commitmentStands({ by, became }, today),
      says: became.is === 'kept' ? became.how : became.is === 'broken' ? became.reasons : null,
    })),
  };
}
