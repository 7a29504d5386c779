import { versionOfDecision } from '@concordat/agreement';
import { above, type Agreement, type CalledIn, decidedByPeople, type HowDecided, inForceFrom, type InterestAbove, isBarring, isChosenByPeople, isCurrent, type Lot, material, mustAccept, needed, type Panel, type SignOff, type Standing, standing, type Subject, waitsForAnother } from '@concordat/agreement/core';
import { disciplineTitles, factForms, factTitles, keyDecisionNotice } from '@concordat/pathway/core';
import { londonDay } from '@concordat/platform';
import { groundSaid, type Named, routeTitle } from './names.js';
import { type Form, formIn, type Offers } from './sight.js';
import { codeOf, counted, dayAndRecorded, dayOf, roleOf, timeOf, upper, votesSaid } from './words/say.js';

const stands: Readonly<Record<Standing, string>> = {
  awaited: 'Awaited',
  granted: 'Granted',
  'granted-with-conditions': 'Granted with conditions',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  lapsed: 'Lapsed: its last day is over',
  stale: 'Stale: what it rests on has changed',
};

/** Every sign-off that was asked for, newest first, and how it stands. */
export function signOffsShown(agreement: Agreement, named: Named, today: string, form: Form) {
  const rows = agreement.signOffs.toReversed().map((signOff) => signOffShown(agreement, signOff, named, today, form));
  const count = (is: string) => rows.filter((row) => row.is === is).length;
  const parts = (['granted', 'granted-with-conditions', 'awaited', 'stale', 'lapsed', 'refused', 'withdrawn'] as const).filter((is) => count(is) > 0).map((is) => `${count(is)} ${is.replaceAll('-', ' ')}`);
  return { headline: rows.length === 0 ? 'No sign-off was asked for yet.' : `${counted(rows.length, 'sign-off was', 'sign-offs were')} asked for: ${parts.join(', ')}.`, rows, interests: interestsShown(agreement, named, form) };
}

/** Who has an interest here, and what became of one that its holder says is over. */
function interestsShown({ conflicts, tree: { parent } }: Agreement, named: Named, form: Form) {
  const shown = ({ person, role, interest }: InterestAbove, declared: string) => ({ who: named.of(person), role: roleOf(role), says: `${codeOf(interest)}, declared ${declared}`, bars: isBarring(interest) });
  return [
    ...conflicts.flatMap((declaration) => {
      const { person, role, interest, declaredAt } = declaration;
      const over = waitsForAnother(declaration);
      return interest === 'none' ? [] : [{ ...shown({ person, role, interest }, timeOf(declaredAt)), over, lift: over ? form('lift-conflict', person) : undefined }];
    }),
    ...(parent?.interests ?? []).map((above) => ({ ...shown(above, 'in the agreement that this one came from'), over: false, lift: undefined })),
  ];
}

/** As much of a content hash as tells versions apart; whoever checks one has the whole of it over the API. */
export const shortOf = (hash: string): string => hash.slice(0, 8);

/** The day on which something was read, and the agreement as it stood at its end. */
function stoodAt(id: string, moment: string) {
  const day = londonDay(new Date(moment));
  return { on: dayOf(day), href: `/agreements/${id}?on=${day}` };
}

/** One sign-off in words. */
export function signOffShown(agreement: Agreement, signOff: SignOff, named: Named, today: string, form: Form) {
  const { id, kind, discipline, of, stage, fromAgreement, requestedBy, answer, panel, voices } = signOff;
  const is = standing(agreement, signOff, today);
  // Where this contract has gone to a successor, the whole is not there to be read.
  const whole = fromAgreement !== null && above(agreement) !== null ? fromAgreement : undefined;
  const conditions = answer.is === 'granted' ? answer.conditions : [];
  return {
    id,
    title: of === null ? `${upper(kind)} by ${disciplineTitles[discipline]}` : `Acceptance for the ${of}: ${disciplineTitles[discipline]}`,
    is,
    good: is === 'granted' || is === 'granted-with-conditions',
    stands: stands[is],
    stage: named.said(stage, 'stage'),
    requestedBy: named.of(requestedBy),
    by: answer.is === 'awaited' ? undefined : `${named.of(answer.by)}, ${timeOf(answer.at)}`,
    reason: answer.is === 'refused' ? answer.reason : undefined,
    until: answer.is === 'granted' && answer.expiresOn !== null ? dayOf(answer.expiresOn) : undefined,
    renew: answer.is === 'granted' && answer.expiresOn !== null && is !== 'stale' ? form('renew-sign-off', id) : undefined,
    conditions: conditions.map(({ what, dueOn, met }) => ({
      says: `${what}, by ${dayOf(dueOn)}`,
      met,
      late: met === null && dueOn < today,
    })),
    moreTime: conditions.some(({ met, renewed }) => met === null && !renewed) && is === 'granted-with-conditions' ? form('renew-sign-off-condition', id) : undefined,
    meet: conditions.some(({ met }) => met === null) ? form('meet-sign-off-condition', id) : undefined,
    panel: panel === null ? undefined : panelShown(panel, named),
    voices: voices.map((voice) => ({
      who: voice.member === voice.by ? named.of(voice.by) : `${named.of(voice.by)} for ${named.of(voice.member)}`,
      stood: voice.member !== voice.by,
      is: stands[voice.is],
      overlaps: voice.overlaps,
      second: voice.second.is === 'given' ? named.of(voice.second.by) : undefined,
      secondAwaited: voice.second.is === 'awaited',
    })),
    second: voices.some(({ second }) => second.is === 'awaited') ? form('second-sign-off', id) : undefined,
    changed: changedSince(agreement, signOff),
    // What was given of a whole was read there, under a hash of the whole.
    read: 'version' in answer && (fromAgreement ?? undefined) === whole ? { version: whole === undefined ? shortOf(answer.version) : undefined, ...stoodAt(whole ?? agreement.id, answer.at) } : undefined,
    whole: whole && `/agreements/${whole}/sign-offs/${id}`,
    href: `/agreements/${agreement.id}/sign-offs/${id}`,
  };
}

function panelShown(panel: Panel, named: Named): string {
  const who = panel.of.map((member) => `${named.of(member)}${panel.veto.includes(member) ? ' (may veto)' : ''}`).join(', ');
  return panel.quorum.is === 'in-order' ? `All of these, one after the other: ${who}` : `${needed(panel)} of these ${panel.of.length}: ${who}`;
}

/** What changed since it was granted without weight for it: told, and nothing more. */
function changedSince({ facts }: Agreement, { answer, discipline }: SignOff): readonly string[] {
  if (answer.is !== 'granted') return [];
  const names = Object.keys(facts) as (keyof typeof facts)[];
  return names.filter((name) => !material[discipline].facts.includes(name) && (facts[name]?.amendedAt ?? '') > answer.at).map((name) => factTitles[name]);
}

/** When what a discipline's sign-off rests on was changed last; undefined where nothing of it is on record. */
export function changedAt({ facts, routeChoice, award }: Agreement, subject: Subject): string | undefined {
  const rests = material[subject];
  const moments = [...rests.facts.map((name) => facts[name]?.amendedAt), ...(rests.route ? [routeChoice?.chosenAt] : []), ...(rests.award ? [award.proposed?.proposedAt] : [])];
  const last = moments.flatMap((one) => one ?? []).sort().at(-1);
  return last && timeOf(last);
}

/** What is signed, decided or accepted rests on, as it stands now, under the hash that whoever does so is bound to. */
export function restsOn(agreement: Agreement, subject: Subject, named: Named) {
  const rests = material[subject];
  const { award: { proposed }, modification } = agreement;
  return {
    version: agreement.content[subject],
    changed: changedAt(agreement, subject),
    absent: rests.facts.filter((name) => agreement.facts[name] === undefined).map((name) => factTitles[name]).join(', '),
    rows: [
      ...rests.facts.flatMap((name) => {
        const fact = agreement.facts[name];
        if (fact === undefined) return [];
        const value = factForms[name] === 'person' ? named.of(String(fact.value)) : named.said(fact.value, `facts.${name}`);
        return [{ label: upper(factTitles[name]), value, by: `${named.of(fact.amendedBy)}, ${timeOf(fact.amendedAt)}` }];
      }),
      ...(rests.route && agreement.routeChoice !== null
        ? [{ label: 'Route', value: [routeTitle(agreement.route.id, agreement.route.version), groundSaid(agreement)].filter(Boolean).join('. '), by: `${named.of(agreement.routeChoice.chosenBy)}, ${timeOf(agreement.routeChoice.chosenAt)}` }]
        : []),
      ...(rests.facts.includes('modification-test') && modification !== null ? [{ label: 'Ground of the change', value: `${codeOf(modification.ground)}. ${modification.why}`, by: undefined }] : []),
      ...(rests.award ? [{ label: 'Proposed award', value: proposed === null ? 'none yet' : `${named.of(proposed.provider)}, ${named.said(proposed.value)}`, by: undefined }] : []),
      ...(rests.award && proposed !== null ? proposed.lots.map((lot) => ({ label: `Lot ${lot.lot}`, value: lotSaid(lotShown(lot, named)), by: undefined })) : []),
    ],
  };
}

export const keySaid = ({ key }: HowDecided): string =>
  key.is === 'key' ? `A key decision, announced on ${dayOf(key.announcedOn)} (${keyDecisionNotice[key.notice].says}; ${keyDecisionNotice[key.notice].source.cites}, to be checked)` : 'Not a key decision';
export const callInSaid = ({ callIn }: HowDecided): string => (callIn.is === 'open' ? `Until ${dayOf(callIn.until)}` : 'It cannot be called in');
export const calledInSaid = (calledIn: CalledIn, named: Named): string | null =>
  calledIn && `On ${dayOf(calledIn.on)} by ${named.of(calledIn.by)}: ${calledIn.reason} ${calledIn.outcome === null ? 'It waits.' : calledIn.outcome.is === 'stands' ? `It stands, from ${dayOf(calledIn.outcome.inForceFrom)} on.` : 'It is to be taken anew.'}`;

/** Those who bid still. */
export const invitedStill = ({ award }: Agreement): readonly string[] => Object.keys(award.parties).filter((provider) => award.parties[provider] === 'invited' && award.left[provider] === undefined);

/** Why a decision or an award stands or does not. */
export function awardShown(agreement: Agreement, named: Named, offers: Offers) {
  const { award, decision, content } = agreement;
  return {
    decision: decision && {
      by: decision.decidedBy.kind === 'body' ? `${decision.decidedBy.body}, minute ${decision.decidedBy.minute}; notice of the meeting on ${dayOf(decision.decidedBy.noticeOn)}` : `An officer under ${decision.decidedBy.delegation}`,
      scheme: decision.scheme,
      key: keySaid(decision),
      decidedOn: dayAndRecorded(decision.decidedOn, decision.recordedOn),
      callIn: callInSaid(decision),
      calledIn: calledInSaid(decision.calledIn, named),
      inForceFrom: dayOf(inForceFrom(agreement) ?? decision.inForceFrom),
      weighed: decision.weighed,
      recordedBy: named.of(decision.recordedBy),
      overlaps: decision.overlaps,
      readBy: decision.second.is === 'given' ? named.of(decision.second.by) : undefined,
      waits: decision.second.is === 'awaited',
      second: decision.second.is === 'awaited' ? offers['second-decision']?.href : undefined,
      version: shortOf(decision.version),
      stale: !isCurrent(agreement),
    },
    parties: Object.entries(award.parties).map(([provider, role]) => {
      const out = award.uninviting[provider];
      return { name: named.of(provider), role: `${role === 'invited' ? 'Invited' : codeOf(role)}${out === undefined ? '' : `; to be invited no more, once a second person says so: ${out.reason}`}` };
    }),
    proposed: award.proposed && { provider: named.of(award.proposed.provider), value: named.said(award.proposed.value), by: named.of(award.proposed.proposedBy) },
    people: decidedByPeople(agreement).map(({ title, says, options, on }) => `${says} ${options === null ? '' : `${votesSaid(options)} `}(${title}, ${dayOf(on)})`),
    notice: award.notice && { on: dayAndRecorded(award.notice.publishedOn, award.notice.recordedOn), reference: award.notice.reference, standstill: award.notice.voluntaryStandstill === null ? '' : `, with a voluntary standstill of ${award.notice.voluntaryStandstill} working days`, warnings: award.notice.warnings },
    lots: award.proposed?.lots.map((lot) => lotShown(lot, named)),
    acceptances: award.acceptances.map(({ provider, acceptedBy, version }) => ({ provider: named.of(provider), by: named.of(acceptedBy), version: shortOf(version), stale: version !== content.award })),
    ready: agreement.readiness.map(({ provider, startsOn, says, by }) => ({ provider: named.of(provider), says: `from ${dayOf(startsOn)}: ${says} (${named.of(by)})` })),
    ...evaluationShown(agreement, named, offers),
    mayBeUninvited: invitedStill(agreement).length > 0,
    version: shortOf(versionOfDecision(agreement)),
    headline: headlineOf(agreement, named),
  };
}

/** On which days they assessed, and whether that was all of it. */
function assessedShown(days: readonly (string | undefined)[]): string {
  const known = [...new Set(days.flatMap((day) => day ?? []))].toSorted();
  return known.length === 0 ? 'not yet' : `${known.map(dayOf).join(', ')}${days.includes(undefined) ? ', not all yet' : ''}`;
}

/** What is offered is assessed by these, and by whom; and which options were talked about before. */
function evaluationShown(agreement: Agreement, named: Named, offers: Offers) {
  const { evaluation: { criteria, evaluators }, conflicts, options } = agreement;
  const isTheirs = new Set(criteria.filter((one) => isChosenByPeople(agreement, one)).map(({ criterion }) => criterion));
  return {
    criteria: criteria.map(({ criterion, title, chosenBy }) => ({
      title,
      chosenBy: chosenBy.is === 'staff' ? 'Staff' : `People, in ${named.of(chosenBy.activity)}${isTheirs.has(criterion) ? '' : ', as staff say: none of them confirmed it yet'}`,
      assessedBy: evaluators.filter((one) => one.criteria.includes(criterion)).map(({ evaluator }) => named.of(evaluator)).join(', '),
    })),
    evaluators: evaluators.map(({ evaluator, of, interest, trainedOn, criteria: theirs, assessed, stoodDown }) => {
      const declared = interest ?? conflicts.find(({ person }) => person === evaluator)?.interest;
      return { name: `${upper(named.of(evaluator))}${stoodDown ? ', who assesses nothing more' : ''}`, of: codeOf(of), declared: declared === undefined ? 'not yet' : codeOf(declared), trained: trainedOn === null ? 'not yet' : dayOf(trainedOn), assessed: assessedShown(theirs.map((criterion) => assessed[criterion])), href: formIn(offers)('record-assessment', evaluator) };
    }),
    options: options.map(({ title, outcome, reasons, discussed }) => ({
      title,
      outcome: codeOf(outcome),
      reasons,
      said: discussed.map(({ with: other, said, on }) => ({ who: other.is === 'people' ? `People, in ${named.of(other.activity)}` : named.of(other.provider), said, on: dayOf(on) })),
    })),
  };
}

/** One contract of a sourcing in lots, with everybody in its team. */
function lotShown({ lot, title, value, lead, members, subcontractors }: Lot, named: Named) {
  const names = (ids: readonly string[]) => ids.map((id) => named.of(id)).join(', ');
  return { lot, title, value: named.said(value), lead: named.of(lead), members: names(members), subcontractors: names(subcontractors) };
}

function lotSaid({ title, value, lead, members, subcontractors }: ReturnType<typeof lotShown>): string {
  return [`${title}, ${value}: ${lead} leads`, ...(members ? [`members: ${members}`] : []), ...(subcontractors ? [`subcontractors: ${subcontractors}`] : [])].join('; ');
}

function headlineOf(agreement: Agreement, named: Named): string {
  const { award, decision, content } = agreement;
  if (award.proposed === null) return decision === null ? 'Nothing is proposed and nothing is decided yet.' : 'A decision is on record; no award is proposed.';
  const asked = mustAccept(award);
  const who = asked.length === 1 ? named.of(award.proposed.provider) : `${asked.length} providers`;
  if (decision === null) return `An award to ${who} is proposed. It waits for the decision.`;
  if (!isCurrent(agreement)) return `An award to ${who} is proposed. The decision is stale: what it rests on has changed.`;
  if (decision.second.is === 'awaited') return `An award to ${who} was decided. The decision waits for a second person to read it.`;
  const waiting = asked.filter((provider) => !award.acceptances.some((one) => one.provider === provider && one.version === content.award));
  if (waiting.length > 0) return `An award to ${who} was decided. It waits for ${asked.length === 1 ? 'the provider' : waiting.map((provider) => named.of(provider)).join(', ')} to accept.`;
  const { calledIn } = decision;
  if (calledIn !== null && calledIn.outcome?.is !== 'stands') {
    return `An award to ${who} was decided and accepted. The decision was called in on ${dayOf(calledIn.on)}${calledIn.outcome === null ? ': what becomes of it is to be concluded' : ' and is to be taken anew'}.`;
  }
  return `An award to ${who} was decided and accepted.`;
}
