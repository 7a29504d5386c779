import { type Agreement, inForceFrom, material, type SignOff, standing } from '@concordat/agreement/core';
import { disciplineTitles, factForms, factTitles, keyDecisionNotice } from '@concordat/pathway/core';
import type { Named } from './names.js';
import { codeOf, counted, dayOf, timeOf, upper } from './words/say.js';

const stands = { awaited: 'Awaited', granted: 'Granted', refused: 'Refused', withdrawn: 'Withdrawn', stale: 'Stale: what it rests on has changed' } as const;

/** Every sign-off that was asked for, newest first, and how it stands. */
export function signOffsShown(agreement: Agreement, named: Named) {
  const rows = agreement.signOffs.toReversed().map((signOff) => signOffShown(agreement, signOff, named));
  const count = (is: string) => rows.filter((row) => row.is === is).length;
  const parts = (['granted', 'awaited', 'stale', 'refused'] as const).filter((is) => count(is) > 0).map((is) => `${count(is)} ${is}`);
  return { headline: rows.length === 0 ? 'No sign-off was asked for yet.' : `${counted(rows.length, 'sign-off was', 'sign-offs were')} asked for: ${parts.join(', ')}.`, rows };
}

/** One sign-off in words. */
export function signOffShown(agreement: Agreement, signOff: SignOff, named: Named) {
  const { id, kind, discipline, stage, requestedBy, answer } = signOff;
  const is = standing(agreement, signOff);
  return {
    id,
    title: `${upper(kind)} by ${disciplineTitles[discipline]}`,
    is,
    stands: stands[is],
    stage: named.said(stage, 'stage'),
    requestedBy: named.of(requestedBy),
    by: answer.is === 'awaited' ? undefined : `${named.of(answer.by)}, ${timeOf(answer.at)}`,
    reason: answer.is === 'refused' ? answer.reason : undefined,
    conditions: answer.is === 'granted' ? answer.conditions.map(({ what, dueOn }) => `${what}, by ${dayOf(dueOn)}`) : [],
    version: 'version' in answer ? answer.version.slice(0, 8) : undefined,
    href: `/agreements/${agreement.id}/sign-offs/${id}`,
  };
}

/** What a discipline's sign-off rests on, as it stands now, under the hash that whoever signs is bound to. */
export function restsOn(agreement: Agreement, { discipline }: Pick<SignOff, 'discipline'>, named: Named) {
  const rests = material[discipline];
  const { proposed } = agreement.award;
  return {
    version: agreement.content[discipline],
    short: agreement.content[discipline].slice(0, 8),
    rows: [
      ...rests.facts.map((name) => {
        const fact = agreement.facts[name];
        const value = fact === undefined ? 'not on record yet' : factForms[name] === 'person' ? named.of(String(fact.value)) : named.said(fact.value, `facts.${name}`);
        return { label: upper(factTitles[name]), value, by: fact && `${named.of(fact.amendedBy)}, ${timeOf(fact.amendedAt)}` };
      }),
      ...(rests.award ? [{ label: 'Proposed award', value: proposed === null ? 'none yet' : `${named.of(proposed.provider)}, ${named.said(proposed.value)}`, by: undefined }] : []),
    ],
  };
}

/** Why a decision or an award stands or does not. */
export function awardShown(agreement: Agreement, named: Named) {
  const { award, decision, content } = agreement;
  return {
    decision: decision && {
      by: decision.decidedBy.kind === 'body' ? `${decision.decidedBy.body}, minute ${decision.decidedBy.minute}; notice of the meeting on ${dayOf(decision.decidedBy.noticeOn)}` : `An officer under ${decision.decidedBy.delegation}`,
      scheme: decision.scheme,
      key: decision.key.is === 'key' ? `A key decision, announced on ${dayOf(decision.key.announcedOn)} (${keyDecisionNotice[decision.key.notice].says}; ${keyDecisionNotice[decision.key.notice].source.cites}, to be checked)` : 'Not a key decision',
      decidedOn: dayOf(decision.decidedOn),
      callIn: decision.callIn.is === 'open' ? `Open until ${dayOf(decision.callIn.until)}` : 'Not open',
      calledIn: decision.calledIn && `On ${dayOf(decision.calledIn.on)} by ${named.of(decision.calledIn.by)}: ${decision.calledIn.reason} ${decision.calledIn.outcome === null ? 'It waits.' : named.said(decision.calledIn.outcome.is, 'is')}`,
      inForceFrom: dayOf(inForceFrom(agreement) ?? decision.inForceFrom),
      weighed: decision.weighed,
      recordedBy: named.of(decision.recordedBy),
      version: decision.version.slice(0, 8),
      stale: decision.version !== content.decision,
    },
    parties: Object.entries(award.parties).map(([provider, role]) => ({ name: named.of(provider), role: role === 'invited' ? 'Invited' : codeOf(role) })),
    proposed: award.proposed && { provider: named.of(award.proposed.provider), value: named.said(award.proposed.value), by: named.of(award.proposed.proposedBy) },
    notice: award.notice && { on: dayOf(award.notice.publishedOn), reference: award.notice.reference, warnings: award.notice.warnings },
    acceptance: award.acceptance && { by: named.of(award.acceptance.acceptedBy), version: award.acceptance.version.slice(0, 8), stale: award.acceptance.version !== content.award },
    version: content.decision.slice(0, 8),
    headline: headlineOf(agreement, named),
  };
}

function headlineOf({ award, decision, content }: Agreement, named: Named): string {
  if (award.proposed === null) return decision === null ? 'Nothing is proposed and nothing is decided yet.' : 'A decision is on record; no award is proposed.';
  const who = named.of(award.proposed.provider);
  if (decision === null) return `An award to ${who} is proposed. It waits for the decision.`;
  if (decision.version !== content.decision) return `An award to ${who} is proposed. The decision is stale: what it rests on has changed.`;
  if (award.acceptance?.version !== content.award) return `An award to ${who} was decided. It waits for the provider to accept.`;
  return `An award to ${who} was decided and accepted.`;
}
