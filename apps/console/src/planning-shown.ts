import type { Agreements } from '@concordat/agreement';
import { type Agreement, carriedOverCounts, isConfirmed } from '@concordat/agreement/core';
import type { AskedBefore, AskedBeforeWarning, ReachElsewhere } from '@concordat/register';
import { grouped } from './grouped.js';
import type { Named } from './names.js';
import type { Form, Offers } from './sight.js';
import { codeOf, counted, dayOf, upper } from './words/say.js';

/**
 * What people had to go on, what they were offered, what was entered for them, carried over, and who dissents.
 * @param charities by the id of an offer of payment the charity it goes to, as far as the reader may read it.
 */
export function planningShown(agreement: Agreement, named: Named, offers: Offers, charities: ReadonlyMap<string, string>) {
  const { information, payments, dissents, carriedOver, proxies, groupsAsked } = agreement;
  const stage = (of: string) => named.said(of, 'stage');
  return {
    planning: {
      asked: groupsAsked.map(({ group, answer }) => `${group}: ${codeOf(answer)}`),
      packs: information.map(({ title, activity, versions, givenTo }) => ({
        title,
        about: named.of(activity),
        versions: versions.map(({ document, forms, changed, issuedOn }, at) => `Version ${at + 1} of ${dayOf(issuedOn)}: ${document.title} (${forms.map((form) => codeOf(form)).join(', ')})${changed === '' ? '' : `. Changed: ${changed}`}`),
        given: `${counted(Object.values(givenTo).filter(({ version }) => version === versions.length).length, 'person has', 'people have')} its latest version`,
        late: Object.values(givenTo).filter(({ version }) => version < versions.length).length,
      })),
      payments: payments.map(({ id, activity, participant, amount, answer, answeredForThem }) => ({
        title: upper(named.of(participant)), by: named.of(activity), cells: [named.said(amount), answer.is === 'awaited' ? 'No answer yet' : `${paymentSaid(answer, named, charities.get(id))}${answeredForThem && !isConfirmed(agreement, id, participant) ? ' (entered for them, and not confirmed yet)' : ''}`],
      })),
      dissents: dissents.dissents.map(({ dissenter, from, stage: at, recordedAt }) => ({ title: upper(named.of(dissenter)), by: '', cells: [codeOf(from), stage(at), dayOf(recordedAt.slice(0, 10))] })),
      nobodyDissents: dissents.askedIn.map(stage),
      carriedOver: carriedOver.map((carried) => ({ ...carried, elsewhere: carried.answer === 'confirmed' && !carriedOverCounts(agreement, carried) })).map(({ from, fromStage, stage: to, say, do: action, people, heldOn, why, answer, elsewhere }) => ({
        title: `Say ${say} and Do ${action} of ${counted(people, 'person', 'people')}, ${dayOf(heldOn)}`, href: `/agreements/${from}/involvement`, by: why,
        cells: [stage(fromStage), stage(to), answer === 'awaited' ? 'A representative has not answered yet' : `${upper(codeOf(answer))}${elsewhere ? ', and counts no more: this agreement is of another place or theme now' : ''}`],
      })),
      proxies: Object.values(proxies).map(({ onBehalfOf, by, confirmed, on }) => ({ title: upper(named.of(onBehalfOf)), by: '', cells: [upper(named.of(by)), dayOf(on), codeOf(confirmed)] })),
      links: (['record-information-given', 'record-benefits-advice', 'record-dissent', 'record-no-dissent', 'carry-over', 'record-proxy-entry'] as const).flatMap((command) => (offers[command]?.href === undefined ? [] : [{ command, href: offers[command].href }])),
    },
  };
}

type Answered = Exclude<Agreement['payments'][number]['answer'], { is: 'awaited' }>;

function paymentSaid(answer: Answered, named: Named, charity = 'a charity'): string {
  switch (answer.is) {
    case 'reduced':
      return `Wants less: ${named.said(answer.amount)}`;
    case 'to-a-charity':
      return `Gives it to ${charity}`;
    case 'accepted':
    case 'declined':
      return upper(answer.is);
  }
}

/** How often people may be asked across all agreements, to whoever may ask them. */
export function askBudgetsShown(budgets: Awaited<ReturnType<Agreements['askBudgets']>>, named: Named, form: Form) {
  return [...budgets].map(([participant, { used, allowed, nextFits, erased }]) => ({
    title: upper(named.of(participant)),
    cells: erased
      ? ['Asked nothing more: they were erased at their wish', '']
      : [`${used} of ${counted(allowed, 'ask')} in twelve months`, nextFits === null ? 'They want no asks' : used < allowed ? 'They may be asked once more today' : `One more fits on ${dayOf(nextFits)}`],
    href: erased ? undefined : form('choose-ask-budget', participant, 'participant'),
  }));
}

/** What only the whole organisation knows: how far the same people are asked elsewhere, and what was asked before. */
export function elsewhereShown({ reach, askedBefore }: { readonly reach: ReachElsewhere; readonly askedBefore: readonly AskedBefore[] }) {
  const { affected, notHeard, people, alsoElsewhere } = reach;
  return {
    reach: {
      headline: `${reachedSaid(affected.length, notHeard.length)} ${people === 0 ? 'Nobody took part yet.' : `${counted(people, 'person', 'people')} took part, ${alsoElsewhere === 0 ? 'none' : alsoElsewhere} of whom also took part elsewhere this year.`}`,
      notHeard,
    },
    askedBefore: [...grouped(askedBefore, ({ agreement }) => agreement).values()].map((several) => {
      const { agreement, title, activityTitle, people: came, lastOn } = several[0]!;
      const same = [...new Set(several.flatMap(({ sameGroups }) => sameGroups))];
      return {
        title, href: `/agreements/${agreement}/involvement`,
        asked: `${askedAt(several.length, activityTitle)}, ${counted(came, 'person', 'people')}, ${dayOf(lastOn)}${same.length === 0 ? '' : `; the same people: ${same.join(', ')}`}`,
      };
    }),
  };
}

function reachedSaid(affected: number, notHeard: number): string {
  if (affected === 0) return 'Who is affected is not on record yet.';
  if (affected === 1) return `The one group affected was ${notHeard === 0 ? '' : 'not '}heard${notHeard === 0 ? '' : ' yet'}.`;
  return `${affected - notHeard} of ${affected} groups affected ${affected - notHeard === 1 ? 'was' : 'were'} heard.`;
}

const askedAt = (activities: number, last: string): string => (activities === 1 ? last : `${activities} activities, the last ${last}`);

/** Before somebody is asked: where they, or people of the same group, were asked about the same, when, and what they gave. */
export function askedBeforeShown(before: readonly AskedBeforeWarning[]) {
  return before.map(({ who, agreement, title, activityTitle, activities, people, lastOn, said, hours }) => {
    const gave = [said === 0 ? '' : `${counted(said, 'thing')} said`, hours === 0 ? '' : `${counted(hours, 'hour')} given`].filter((one) => one !== '').join(' and ');
    return {
      title,
      href: `/agreements/${agreement}/involvement`,
      says: `${who === 'person' ? 'this person' : `${askedAt(activities ?? 1, activityTitle ?? '')}; ${counted(people, 'person', 'people')}`}, last on ${dayOf(lastOn)}: ${gave === '' ? 'nothing was given' : gave}`,
    };
  });
}
