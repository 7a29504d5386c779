import { type Agreement, type SeenByPeople, seenByPeople } from '@concordat/agreement/core';
import { disciplineTitles } from '@concordat/pathway/core';
import { actionsShown, outsideShown } from './agreement-shown.js';
import { waiverAnswers, waiverShown } from './excused-shown.js';
import type { Named } from './names.js';
import { formIn, type Offers } from './sight.js';
import { codeOf, dayOf, upper } from './words/say.js';

/** What whoever takes part sees first: where it stands, what waits for them, what was excused, what they asked for and what they can do. */
export function overviewForPeople(agreement: Agreement, person: string, named: Named, offers: Offers) {
  const { statements, waivers, signOffs } = seenByPeople(agreement, person);
  const form = formIn(offers);
  return {
    ...outsideShown(agreement, named),
    statements: statements.map(({ statement, group, stage, view, risks }) => ({
      title: `The view of ${named.group(group)}`,
      href: `/agreements/${agreement.id}/statements/${statement}`,
      says: `${named.said(stage, 'stage')}: ${view === null ? 'waits for an answer' : codeOf(view, 'view').toLowerCase()}`,
      about: risks.map(({ title }) => title).join('; '),
    })),
    waivers: agreement.waivers.map((waiver, at) => {
      const { planned, offered, viewSoughtOn } = waiver;
      const sought = waivers[at]?.answer === 'awaited' && viewSoughtOn.length > 0;
      return { ...waiverShown(agreement, waiver, named), answer: waiverAnswers[waiver.answer.is], planned, offered, giveView: sought ? form('give-view-on-waiver', waiver.id) : undefined };
    }),
    signOffs: signOffs.map(({ kind, discipline, answer }) => `${upper(kind)}, ${disciplineTitles[discipline]}: ${codeOf(answer).toLowerCase()}`),
    actions: actionsShown(Object.fromEntries(Object.entries(offers).filter(([, offer]) => offer.href !== undefined))),
  };
}

/** What people were and are asked, with what they can read before it. */
export function askedShown({ plans, activities, consultations }: SeenByPeople['asked'], named: Named) {
  const stage = (of: string) => upper(named.said(of, 'stage'));
  return {
    plans: plans.map(({ stage: at, mode, groups, method }) => ({ stage: stage(at), mode: codeOf(mode).replace(/:.*/, ''), groups: groups.join(', '), method })),
    activities: activities.map(({ title, stage: at, groups, right, closesOn, decided, information }) => ({
      title, stage: stage(at), groups: groups.join(', '), right: codeOf(right), closes: dayOf(closesOn),
      decided: decided.map((one) => `${one.decided} (${dayOf(one.on)})`),
      packs: information.map(({ title: called, version, document, forms = [] }) => `${called}, version ${version}: ${document?.title ?? ''} (${forms.map((one) => codeOf(one)).join(', ')})`),
    })),
    consultations: consultations.map(({ proposal, opensOn, closesOn, withdrawnOn }) => `${proposal} ${dayOf(opensOn)} to ${dayOf(closesOn)}${withdrawnOn === null ? '' : `, withdrawn on ${dayOf(withdrawnOn)}`}`),
  };
}
