import type { Pathway } from '@concordat/pathway/core';
import { addDays } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { allById, oneById } from './by-id.js';
import { check } from './check.js';
import type { CommandName, Commands } from './command.js';
import type { Subject } from './content.js';
import { waitsToBeConsidered } from './consultation.js';
import type { Contribution } from './contribution.js';
import { unseenRisks } from './escalation.js';
import type { AgreementEvent } from './event.js';
import { id, people, Scene, type Who } from './given.js';
import { ada } from './given-involvement.js';
import { awaited, conditional, current, earlier, earlierAgreement, elsewhere, here, lacking, lackingAssurance, lasting, type Move, offeredHere, running, runningAgreement, thereBefore, unread } from './given-moves.js';
import { differencesOpen } from './kpi.js';
import { withheldNow } from './publication.js';
import { improvementsOpen } from './quality-visit.js';
import { shippedRiskSettings } from './risk-matrix.js';
import { openConditions } from './sign-off.js';
import { type Theme, waits } from './answering.js';
import { wasGiven } from './waiver.js';

// For specs: a history is lived through, move by move, whether chance drew it or somebody wrote it down.

/** Version 2 of it knows `design` no more, and asks something between the case for change and the award. */
function secondVersion(first: Pathway): Pathway {
  const [mandate, design, award, delivery] = first.stages as [Pathway['stages'][0], Pathway['stages'][0], Pathway['stages'][0], Pathway['stages'][0]];
  return { ...first, version: 2, stages: [mandate, { ...design, id: 'plan' }, { ...design, id: 'route' }, award, delivery] };
}

/** One event with the world before and after it, and the person whose command it was. */
export interface Step {
  readonly before: Scene;
  readonly event: AgreementEvent;
  readonly after: Scene;
  readonly who: Who;
}

/** Which of what was said a command is most likely about. */
const ledgerOf: { readonly [C in CommandName]?: (agreement: Agreement) => Contribution | undefined } = {
  'check-answer': ({ contributions }) => allById(contributions.contributions).find(({ checked }) => checked === 'due'),
  'answer-contribution': ({ contributions }) => allById(contributions.contributions).find(({ late, own }) => (own === null ? late : waits(own))),
  'note-late-entries': ({ contributions }) => allById(contributions.contributions).find(({ late, noted }) => late && !noted),
};

function themeFor(name: CommandName, { contributions: { themes } }: Agreement): Theme | undefined {
  if (name === 'tell-of-reversal') return themes.find(({ reversed }) => reversed !== null);
  if (name === 'rate-answer') return themes.findLast(({ response, contributions }) => response !== null && contributions.length > 0);
  if (name === 'reverse-answer') return themes.find(({ response }) => response?.outcome === 'adopted');
  return themes.find((theme) => waits(theme)) ?? themes.at(-1);
}

const authorIn = ({ contributions }: Agreement, theme: Theme | undefined) => oneById(contributions.contributions, theme?.contributions[0] ?? '')?.author;

/** The move with what stands now in place of what it leaves open. */
function standingNow(scene: Scene, { name, body, who }: Move): object {
  const { agreement, today } = scene;
  const unmet = (ofClass: string) => check(agreement, scene.context()).find((item) => item.class === ofClass && !item.met)?.code;
  const asked = (body as { signOff?: string }).signOff;
  const signOff = agreement.signOffs.find((each) => {
    switch (asked) {
      case awaited:
        return each.answer.is === awaited;
      case unread:
        return each.voices.some(({ second }) => second.is === awaited);
      case conditional:
        return openConditions(each).length > 0;
      case lasting:
        return each.answer.is === 'granted' && each.answer.expiresOn !== null;
      default:
        return each.id === asked;
    }
  });
  const subject: Subject = name === 'record-decision' ? 'decision' : name === 'accept-award' ? 'award' : (signOff?.discipline ?? 'finance');
  const { involvement, contributions, risk, statements } = agreement;
  const open = involvement.activities.filter(({ voided }) => !voided);
  const activity = (name === 'offer-payment' || name === 'record-benefits-advice' ? open.findLast(({ attended }) => attended.length > 0) : undefined) ?? open.at(-1);
  const invitation = involvement.invitations.find(({ answer }) => answer === 'awaited');
  const said = allById(contributions.contributions);
  const contribution = ledgerOf[name]?.(agreement) ?? said.at(-1);
  const theme = themeFor(name, agreement);
  const variation = agreement.variations.find(({ decided, carriedOut, test, touches, to }) => (name === 'carry-out-variation' || name === 'accept-variation' ? decided?.outcome === 'agreed' && !carriedOut : decided === null && (name !== 'decide-variation' || test !== null) && (name !== 'record-asked-again' || touches.length > 0) && (name !== 'record-not-asked-again' || (to.is === 'specification' && touches.length === 0))))?.variation;
  const { variation: named } = body as { variation?: string };
  const standing: Readonly<Record<string, string | undefined>> = {
    stage: agreement.stage,
    person: people[who],
    versionRead: name === 'accept-variation' ? (agreement.variations.find((one) => one.variation === ((named === here ? variation : named) ?? ''))?.offer?.version ?? '0'.repeat(64)) : name === 'decide-variation' ? scene.variationVersion((named === here ? variation : named) ?? '') : subject === 'decision' ? scene.decisionVersion : agreement.content[subject],
    signOff: signOff?.id,
    activity: name === 'take-off-record' ? (agreement.activitiesOfPeople[0]?.activity ?? id(100)) : activity?.id,
    on: today,
    carried: agreement.carriedOver.find(({ answer, proposedBy }) => answer === 'awaited' && proposedBy !== people[who])?.id,
    pack: agreement.information[0]?.id,
    offer: agreement.payments[0]?.id,
    entry: contribution?.id,
    onBehalfOf: contribution?.author,
    invitation: invitation?.id,
    participant:
      name === 'rate-answer'
        ? authorIn(agreement, theme)
        : name === 'answer-payment-offer'
          ? agreement.payments[0]?.participant
          : name.startsWith('record-') || name === 'offer-payment' ? activity?.attended[0]?.participant : invitation?.participant,
    participants: name === 'tell-of-reversal' ? authorIn(agreement, theme) : name === 'tell-what-came-of-it' ? activity?.attended[0]?.participant : contribution?.author,
    contribution: contribution?.id,
    author: contribution?.author,
    concern: name === 'answer-provider-concern' ? agreement.providerConcerns.find(({ answered }) => answered === null)?.concern : contributions.concerns.find(({ passedOn }) => passedOn === null)?.id,
    answer: theme?.id,
    commitment: agreement.commitments.find(({ became }) => became.is === 'open')?.id,
    contributions: contribution?.id,
    theme: name === 'record-asked-again' ? contributions.themes.find(({ response }) => response?.outcome === 'adopted')?.id : theme?.id,
    decision: agreement.decision?.decision,
    consultation: agreement.consultations.find(waitsToBeConsidered)?.consultation,
    kpi: agreement.kpis.kpis[0]?.kpi,
    finding: differencesOpen(agreement)[0]?.finding ?? agreement.kpis.findings[0]?.finding,
    obligation: agreement.delivery.obligations[0]?.obligation,
    cycle: agreement.delivery.cycles.find(({ endedOn }) => endedOn === null)?.cycle,
    meeting: agreement.reviews.meetings[0]?.meeting,
    improvement: improvementsOpen(agreement)[0]?.improvement,
    funding: agreement.funding.committed[0]?.funding,
    action: agreement.reviews.actions.find(({ done }) => done === null)?.action,
    variation,
    themes: contributions.themes.find(({ response }) => response?.outcome === 'adopted')?.id,
    touches: contributions.themes.find(({ response }) => response?.outcome === 'adopted')?.id,
    outcome: agreement.outcomes[0]?.outcome,
    link: agreement.outcomes[0]?.links[0]?.link,
    benefit: agreement.value.benefits.find(({ seen }) => seen === null)?.benefit,
    against: agreement.value.benefits.find(({ seen }) => seen === null)?.comparison,
    cost: agreement.value.costs[0]?.cost,
    criteria: agreement.evaluation.criteria[0]?.criterion,
    evaluator: name === 'appoint-evaluator' ? activity?.attended[0]?.participant : agreement.evaluation.evaluators.at(-1)?.evaluator,
    evaluators: agreement.evaluation.evaluators.at(-1)?.evaluator,
    option: agreement.options[0]?.option,
    partner: agreement.partners.find(({ ended }) => ended === null)?.partner,
    publication: agreement.publications.find((one) => (name === 'lift-withholding' ? withheldNow(one) !== undefined : one.published === null))?.publication,
    challenge: agreement.challenges.find(({ concluded }) => concluded === null)?.challenge,
    risk: (name === 'acknowledge-risk' ? unseenRisks(agreement, shippedRiskSettings)[0]?.risk : risk.find(({ closed }) => !closed))?.id,
    risks: risk[0]?.id,
    control: agreement.controls.find(({ ended }) => !ended)?.id,
    opportunity: agreement.opportunities.find(({ became }) => became === 'open')?.id,
    panel: agreement.riskPanels.panels.find(({ chair }) => chair === people[who])?.id,
    advice: agreement.riskPanels.advice.find(({ answer }) => answer === null)?.id,
    waiver: agreement.waivers.find((one) => (name === 'review-waiver' ? wasGiven(one) && one.review === null : one.answer.is === 'awaited' && (name !== 'waive-condition' || one.view !== null)))?.id,
    condition: name === 'ask-waiver' ? (unmet('involvement') ?? 'involvement.planned') : agreement.gateConditions.find(({ opened, terms }) => (name === 'renew-condition' ? opened && terms.length === 1 : terms.every(({ agreedBy, refusedBy }) => refusedBy === null && Object.keys(agreedBy).length < 2) || (terms.length === 2 && Object.keys(terms[1]!.agreedBy).length < 2)))?.id,
    code: unmet('assurance') ?? 'facts.present',
    statement: statements.find(({ view, repliedTo, reply }) => (name === 'reply-to-objection' ? view === 'object' && reply === null : name === 'second-reply' ? reply !== null && !repliedTo : view === null))?.id,
  };
  const leftOpen: readonly unknown[] = [here, current, awaited, lacking, lackingAssurance, unread, conditional, lasting];
  if (name === 'split' && (body as Commands['split']).agreements.length === 0) {
    const promised = agreement.commitments.filter(({ became }) => became.is === 'open').map(({ id: commitment }) => commitment);
    return { agreements: (agreement.award.awarded?.lots ?? [{ agreement: id(99) }]).map((lot, at) => ({ agreement: lot.agreement, commitments: at === 0 ? promised : [] })) };
  }
  const settle = (field: string, value: unknown): unknown =>
    Array.isArray(value) ? value.map((each) => settle(field, each)) : leftOpen.includes(value) ? (standing[field] ?? id(99)) : value;
  return Object.fromEntries(Object.entries(body).map(([field, value]) => [field, settle(field, value)]));
}

/** Every event of it, in order; `told` hears of each move what became of it. What a move leaves open is what stands when it is made. */
export function live(follows: Pathway, moves: readonly Move[], told?: (name: CommandName, answer: 'accepted' | 'refused', at: Scene) => void): readonly Step[] {
  const steps: Step[] = [];
  const versions = [follows, secondVersion(follows)];
  let scene = Scene.empty.following(follows).publishing(...versions).offering(offeredHere).beside(earlier, earlierAgreement.agreement).beside(elsewhere, thereBefore).beside(running, runningAgreement.agreement).asked(ada, id(80), id(81));
  for (const move of moves) {
    scene = scene.on(addDays(scene.today, move.days));
    const there = move.at === undefined ? scene : scene.inside(move.at);
    const decision = there.when(move.name, standingNow(there, move) as never, move.who);
    told?.(move.name, 'accepted' in decision ? 'accepted' : 'refused', scene);
    for (const event of 'accepted' in decision ? decision.accepted : []) {
      const moved = event.type === 'concordat.agreement.pathway-migrated.v1' ? versions[event.data.pathway.version - 1]! : scene.pathway;
      const after = scene.after(event, move.who).following(moved);
      steps.push({ before: scene, event, after, who: move.who });
      scene = after;
    }
  }
  return steps;
}
