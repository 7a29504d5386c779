import { refuse } from '@concordat/journal/core';
import type { CivilDate, Sealed } from '@concordat/platform/core';
import { withAnswered, withSpoken, withSpokenLeft } from './activity.js';
import type { Agreement } from './agreement.js';
import { hasHadAnswer, themeOf } from './answering.js';
import { isVoice } from './began.js';
import { putById, withoutById } from './by-id.js';
import { withoutProxy } from './confirmed.js';
import { asksForAnswer, type Concern, type ConcernKind, concernOf, type Contribution, type ContributionKind, contributionOf, contributionUnknown, everythingSaid, inLedger, isConcern, withContributions, withNewAnswer } from './contribution.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { isOneOf } from './separation.js';
import type { Decide, Evolve } from './topic.js';

/*
 * What was said is taken for something else than it was: a concern leaves the ledger for those who must look into it, and what was no concern comes back.
 */

export interface ConcernCommands {
  /**
   * It is something else than it was taken for; or, unread until now, it is what it was taken for. That it only praises is said by two
   * people, whoever recorded it so among them. What was seen for a concern is put back where it stood, until it is passed on.
   */
  'triage-contribution': { readonly contribution: string; readonly kind: ContributionKind };
  /** It is with those who must look into it. Its key is destroyed: only the day stays. Where it was first taken for something else, by someone other than who saw it for a concern; an allegation about staff, whom it may be about, by someone other than who said that it is one. */
  'pass-on-concern': { readonly concern: string };
}

export interface ConcernEvents {
  'concordat.agreement.contribution-triaged.v1': { readonly contribution: string; readonly kind: ContributionKind; readonly on: CivilDate };
  /** Neither who said it nor where stands in the record, and its text is sealed under a key of its own. */
  'concordat.agreement.concern-raised.v1': { readonly concern: string; readonly kind: ConcernKind; readonly text: Sealed; readonly raisedOn: CivilDate };
  'concordat.agreement.concern-passed-on.v1': { readonly concern: string; readonly on: CivilDate };
}

/** An allegation about staff that came in as one, and nobody has read: it may be about whoever would pass it on. */
const isToBeRead = ({ kind, seenForOneBy, passedOn }: Concern): boolean => kind === 'allegation-about-staff' && seenForOneBy === null && passedOn === null;

const secondPerson = (asks: string, id: string, by: string, than = 'the one who took it for that') => refusal('second.same-person', asks, { what: `${id}, by someone other than ${than}`, suppliedBy: 'someone else', by });

export const decide = {
  'triage-contribution': ({ agreement, persons }, { contribution: id, kind }, { actor, today }) => {
    const contribution = contributionOf(agreement, id);
    const triaged = happened(agreement.id, 'concordat.agreement.contribution-triaged.v1', { contribution: id, kind, on: today });
    if (contribution === undefined) {
      const concern = concernOf(agreement, id);
      if (concern === undefined || concern.passedOn !== null || (concern.before === null && !isConcern(kind))) return refuse(contributionUnknown(id));
      return unless([concern.kind === kind && !isToBeRead(concern) && alreadySo(`it is taken for: ${kind}`)], () => [triaged]);
    }
    const praises = kind === 'compliment' && contribution.kind === kind;
    const settled = praises ? !asksForAnswer(contribution) : contribution.unreadSince === null;
    return unless(
      [
        contribution.kind === kind && settled && alreadySo(`it is taken for: ${kind}`),
        praises && !settled && isOneOf(persons, actor, contribution.praiseFor) &&
          secondPerson('That it only praises is said by two people, for nothing is owed for it then.', id, 'triage-contribution'),
      ],
      () => [triaged],
    );
  },

  'pass-on-concern': ({ agreement, persons }, { concern: id }, { actor, today }) => {
    const concern = concernOf(agreement, id);
    if (concern === undefined) return refuse(refusal('concern.unknown', 'The concern was raised on this agreement.', { what: id, suppliedBy: 'facilitator', by: 'record-contribution' }));
    const { passedOn, seenForOneBy } = concern;
    return unless(
      [
        passedOn !== null && alreadySo(`it was passed on on ${passedOn}`),
        isToBeRead(concern) && secondPerson('Two people read an allegation about staff, for it may be about one of them: one says that it is one, and another passes it on.', id, 'triage-contribution', 'who passes it on'),
        isOneOf(persons, actor, [seenForOneBy]) &&
          secondPerson('Whoever said that it is a concern does not pass it on alone: somebody else reads it before its words are gone, and passes it on or takes it for something else.', id, 'pass-on-concern'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.concern-passed-on.v1', { concern: id, on: today })],
    );
  },
} satisfies { [C in keyof ConcernCommands]: Decide<C> };

function withConcern({ contributions: { concerns } }: Agreement, concern: Concern): readonly Concern[] {
  return concerns.some(({ id }) => id === concern.id) ? concerns.map((one) => (one.id === concern.id ? concern : one)) : [...concerns, concern];
}

/** The agreement with this word where it stood before it was seen for a concern. What was answered since that day is new to whoever said it. */
function withWordAgain(agreement: Agreement, said: Contribution, since: CivilDate): Agreement {
  const { concerns, contributions, themes } = agreement.contributions;
  const back = inLedger(isVoice(agreement, said) ? withSpoken(agreement, said.activity, said.author) : agreement, {
    concerns: concerns.filter(({ id }) => id !== said.id),
    contributions: putById(contributions, said),
    themes: themes.map((theme) => (said.themes.includes(theme.id) ? { ...theme, contributions: [...theme.contributions, said.id] } : theme)),
  });
  const stands = isVoice(agreement, said) && hasHadAnswer(back, said) ? withAnswered(back, [said.activity]) : back;
  const isNew = said.themes.some((theme) => (themeOf(back, theme)?.answeredOn ?? '') >= since);
  return isNew ? withNewAnswer(stands, [said.id]) : stands;
}

/** The agreement in which whoever said this has said only what is left of it: who spoke, what was answered, for whom it was entered. */
function withoutVoiceOf(agreement: Agreement, id: string): Agreement {
  const gone = contributionOf(agreement, id);
  if (gone === undefined) return agreement;
  const left = everythingSaid(agreement).filter((said) => said.activity === gone.activity && isVoice(agreement, said) && said.id !== id);
  const authors = new Set(left.map(({ author }) => author));
  return withSpokenLeft(withoutProxy(agreement, id, gone.author), gone.activity, { authors, answered: left.some((said) => hasHadAnswer(agreement, said)) });
}

/** The agreement without this word, which left its ledger. */
export function withoutWord(agreement: Agreement, id: string): Agreement {
  return inLedger(withoutVoiceOf(agreement, id), {
    contributions: withoutById(agreement.contributions.contributions, id),
    themes: agreement.contributions.themes.map((theme) => ({ ...theme, contributions: theme.contributions.filter((one) => one !== id) })),
  });
}

export const evolve = {
  'concordat.agreement.contribution-triaged.v1': (agreement, { data: { contribution: id, kind, on }, meta }) => {
    const concern = concernOf(agreement, id);
    if (isConcern(kind)) {
      const before = contributionOf(agreement, id) ?? concern?.before ?? null;
      return inLedger(withoutWord(agreement, id), { concerns: withConcern(agreement, { id, kind, raisedOn: concern?.raisedOn ?? on, seenForOneBy: meta.actor, before, passedOn: null }) });
    }
    const word = concern === undefined || concern.before === null ? agreement : withWordAgain(agreement, concern.before, concern.raisedOn);
    return withContributions(word, [id], ({ praiseFor }) => ({ kind, unreadSince: null, praiseFor: kind === 'compliment' ? [...praiseFor, meta.actor] : [] }));
  },
  'concordat.agreement.concern-raised.v1': (agreement, { data: { concern: id, kind, raisedOn } }) =>
    inLedger(agreement, { concerns: withConcern(agreement, { id, kind, raisedOn, seenForOneBy: null, before: null, passedOn: null }) }),
  'concordat.agreement.concern-passed-on.v1': (agreement, { data: { concern, on } }) =>
    inLedger(agreement, { concerns: agreement.contributions.concerns.map((one) => (one.id === concern ? { ...one, before: null, passedOn: on } : one)) }),
} satisfies { [T in keyof ConcernEvents]: Evolve<T> };
