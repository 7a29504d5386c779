import {
  agesOn, type Agreement, controlStands, incidentWaits, isDoneWithPeople, namedFor, type RiskPrompt, riskPromptNames, riskPrompts, type RiskWarning, riskWarnings, sittingIn,
} from '@concordat/agreement/core';
import { londonDay } from '@concordat/platform';
import type { OpenAgreement } from './agreement-open.js';
import type { Named } from './names.js';
import { domainOf, scored } from './risk-shown.js';
import type { Form, Offers } from './sight.js';
import { codeOf, dayOf, missingShown, roleOf, upper } from './words/say.js';

const tags = { works: 'govuk-tag--green', 'works-in-part': 'govuk-tag--yellow', 'does-not-work': 'govuk-tag--red', new: 'govuk-tag--grey', aged: 'govuk-tag--orange', ended: 'govuk-tag--grey' } as const;
const controlWords = { works: 'Works', 'works-in-part': 'Works in part', 'does-not-work': 'Does not work', new: 'No proof yet', aged: 'Proof too old', ended: 'Ended' } as const;

/** What keeps risks down and what went wrong, what may turn out better, what doing it together brings with it, and what a panel advises. */
export function riskKeptShown({ agreement, riskSettings: settings, named, today, offers, form }: OpenAgreement) {
  return {
    warnings: riskWarnings(agreement, settings, today).map((warning) => warningShown(agreement, warning, named, offers)),
    controls: agreement.controls.map((control) => {
      const now = controlStands(agreement, control, today);
      return {
        title: control.title,
        kind: codeOf(control.kind),
        against: upper(named.of(control.risk)),
        owner: named.of(control.owner),
        stands: { text: controlWords[now], classes: tags[now] },
        proof: control.proof === null ? `None since ${dayOf(control.addedOn)}` : `${dayOf(control.proof.on)}: ${control.proof.shows}`,
        ages: control.ended ? undefined : `${now === 'aged' ? 'Too old since' : 'Counts until'} ${dayOf(agesOn(agreement, control))}`,
        ...(now !== 'ended' && { prove: form('record-control-proof', control.id), end: form('end-control', control.id) }),
      };
    }),
    incidents: agreement.incidents.toReversed().map((incident) => {
      const waits = incidentWaits(agreement, incident, settings);
      return {
        on: dayOf(incident.on),
        happened: incident.happened,
        harm: codeOf(incident.harm),
        done: incident.done,
        risk: incident.risk === null ? undefined : upper(named.of(incident.risk)),
        waits: waits === null ? undefined : `${incident.asksFor === 'new-risk' ? 'A risk is to be raised for it' : 'Its risk is to be scored anew'} by ${dayOf(waits)}`,
        late: waits !== null && waits < today,
        withdrawn: incident.withdrawn && `Withdrawn on ${dayOf(incident.withdrawn.on)} by ${named.of(incident.withdrawn.by)}: ${incident.withdrawn.reason}`,
        withdraw: incident.withdrawn === null ? form('withdraw-incident', incident.id) : undefined,
        href: incident.asksFor === 'new-risk' ? form('raise-risk', incident.id) : form('review-risk', incident.risk ?? ''),
      };
    }),
    opportunities: agreement.opportunities.map((one) => ({
      title: one.title,
      domain: domainOf(one.domain, settings),
      gains: one.gains.map((group) => named.code(group)).join(', '),
      owner: named.of(one.owner),
      ...scored(one.score, settings),
      became: one.became === 'open' ? undefined : codeOf(one.became),
      ...(one.became === 'open' && { rescore: form('rescore-opportunity', one.id), close: form('close-opportunity', one.id) }),
    })),
    prompts: isDoneWithPeople(agreement) ? riskPromptNames.map((prompt) => promptShown(agreement, prompt, named, form)) : undefined,
    panels: agreement.riskPanels.panels.map((panel) => {
      const sitting = sittingIn(agreement, panel);
      return {
        convened: `Convened on ${dayOf(panel.on)}, chaired by ${named.of(panel.chair)}`,
        members: panel.members.map((one) => `${upper(named.of(one.member))} (${named.group(one.of)}${sitting.includes(one) ? '' : ', found since to be another of them'})`).join(', '),
      };
    }),
    advice: adviceShown(agreement, named, form),
  };
}

/** Every piece of advice with its dissent, and what the decision-maker did with it. */
export function adviceShown(agreement: Agreement, named: Named, form: Form) {
  return agreement.riskPanels.advice.map((one) => ({
    on: dayOf(one.on),
    says: one.says,
    risks: one.risks.map((risk) => upper(named.of(risk))).join(', '),
    voices: `${one.inFavour} advised this${one.against === 0 ? ', nobody would not' : `, ${one.against} would not`}`,
    dissent: one.dissent === '' ? undefined : one.dissent,
    answer: one.answer === null ? undefined : { outcome: codeOf(one.answer.outcome), reasons: one.answer.reasons, by: named.of(one.answer.by), on: dayOf(londonDay(new Date(one.answer.at))) },
    href: form('answer-panel-advice', one.id),
  }));
}

function promptShown(agreement: Agreement, prompt: RiskPrompt, named: Named, form: Form) {
  const given = agreement.riskPrompts[prompt];
  const says = given === undefined ? undefined : given.answer.is === 'named' ? `${namedFor(agreement, prompt)?.closed === true ? 'To be answered anew, as what was named is closed' : 'Named'}: ${named.of(given.answer.risk)}` : `Does not arise here: ${given.answer.because}`;
  return { asks: riskPrompts[prompt], says, by: given === undefined ? undefined : `${named.of(given.by)}, ${dayOf(given.on)}`, href: form('answer-risk-prompt', prompt, 'prompt') };
}

const warningWords: Readonly<Record<RiskWarning['kind'], (what: string) => string>> = {
  'control-aged': (what) => `Nobody can say that ${what} still works: its last proof is too old`,
  'control-fails': (what) => `${upper(what)} was found not to work`,
  'review-due': (what) => `${upper(what)} was to be looked at again`,
  'incident-unscored': (what) => `${upper(what)} asks for a risk to be scored anew, or raised`,
  unseen: (what) => `${upper(what)} lies above the appetite and was not seen from above`,
};

function warningShown(agreement: Agreement, { kind, about, from, dueOn, falls, by }: RiskWarning, named: Named, offers: Offers) {
  const incident = agreement.incidents.find(({ id }) => id === about);
  const { href, link } = missingShown(agreement.id, { what: by === 'review-risk' ? (incident?.risk ?? about) : about, suppliedBy: '', by }, named, (name) => offers[name]?.href !== undefined) as { href?: string; link?: string };
  return {
    says: warningWords[kind](named.of(about)),
    when: [...(from === null || kind === 'control-fails' ? [] : [`since ${dayOf(from)}`]), ...(dueOn === null || dueOn === from ? [] : [`by ${dayOf(dueOn)}`])].join(', '),
    who: falls.to === 'person' ? named.of(falls.person) : roleOf(falls.role),
    href,
    link,
  };
}

