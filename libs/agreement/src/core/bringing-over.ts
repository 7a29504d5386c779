import { type Decision, type EventMeta, refuse } from '@concordat/journal/core';
import type { Pathway } from '@concordat/pathway/core';
import { isHere } from './above.js';
import type { Agreement } from './agreement.js';
import type { Arrival } from './arrival.js';
import { calledOffFrom } from './conflict.js';
import { contentOf, subjects } from './content.js';
import { decisionVersion } from './decision-paper.js';
import { type AgreementEvent, happened } from './event.js';
import { happenedTo, initialParticipant, type Participant } from './participant.js';
import { refusal, unless } from './refusal.js';
import { afterwardsOf, type BroughtOver, handedOver, type OrganisationNamed, refuseGone, type Rename, renamed } from './transfer.js';

/** What the system does of itself once a transfer is accepted: first the old half ends, then the new one begins. */

type Accepted = Extract<Arrival, { is: 'accepted' }>;

/** In the old organisation: it goes, as it stood when it was accepted, or not at all. `version`: of its stream. */
export function goes(agreement: Agreement, version: number, to: OrganisationNamed, accepted: Accepted): Decision<AgreementEvent> {
  const { offer } = agreement.transfer;
  if (agreement.lifecycle === 'transferred') return refuse(refuseGone(agreement));
  return unless(
    [
      (offer === null || offer.agreedBy === null || offer.to.tenant !== to.tenant || version !== accepted.version) &&
        refusal('transfer.changed', 'The offer stands, and the record is as it was when it was accepted.', { what: 'another acceptance', suppliedBy: 'commissioner', by: 'accept-transfer' }),
    ],
    () => [happened(agreement.id, 'concordat.agreement.transferred.v1', { to, on: accepted.on, position: accepted.position, hash: accepted.hash })],
  );
}

/** An event as it happened first, wherever it was brought over from; any other as it is. */
export function asItHappened<E extends { readonly type: string; readonly data: unknown; readonly recordedAt: string; readonly meta: EventMeta }>(event: E): E {
  if (event.type !== 'concordat.agreement.brought-over.v1') return event;
  const { type, data, meta, recordedAt } = event.data as BroughtOver;
  return asItHappened({ ...event, type, data, recordedAt, meta: meta as unknown as EventMeta });
}

/** The hashes of what is signed, decided and accepted that are others where ids are: what was bound to what stood is bound to it still. */
function hashesAfter(before: Agreement, after: Agreement, sha256: (text: string) => string): readonly Rename[] {
  const [then, now] = [contentOf(before, sha256), contentOf(after, sha256)];
  const content = subjects.flatMap((subject) => (before.content[subject] === then[subject] && then[subject] !== now[subject] ? [{ from: then[subject], to: now[subject] }] : []));
  const papers = { from: decisionVersion(before, sha256), to: decisionVersion(renamed(after, content), sha256) };
  return papers.from === papers.to ? content : [...content, papers];
}

/** All that is brought over. */
export interface Brought {
  /** As it stood there at last. */
  readonly agreement: Agreement;
  /** Every event of it in order, its words near a person sealed for the successor. */
  readonly record: readonly BroughtOver[];
  /** Of the hashes of the record; see `concordat.agreement.transferred-in.v1`. */
  readonly digest: string;
  /** Those whom it names by a pseudonym, with what was asked of them on it and what they chose. */
  readonly participants: Readonly<Record<string, Participant>>;
  /** The process that it follows, where that is one of the old organisation's own. */
  readonly ownPathway: Pathway | undefined;
}

/** What an agreement was called off from and what was called off from it, by id, as far as that was read. */
export function treeAround(agreement: Agreement, others: Readonly<Record<string, Agreement>>): readonly string[] {
  const { parent } = agreement.tree;
  return [...(parent?.as === 'called-off-from' ? [parent.agreement] : []), ...calledOffFrom(agreement, others)];
}

/**
 * Whom one bars that bars what was called off from it: what was declared or lifted while the two were apart comes along once both are here. The one is where
 * it was declared, and was written in by nobody else meanwhile: its word is the last.
 */
function changedMeanwhile(after: Agreement, others: Readonly<Record<string, Agreement>>): readonly AgreementEvent[] {
  const { parent } = after.tree;
  const here = (id: string): readonly Agreement[] => (others[id] !== undefined && isHere(others[id]) ? [others[id]] : []);
  const come = ({ id: from, conflicts }: Agreement, to: Agreement): readonly AgreementEvent[] =>
    conflicts.flatMap(({ person, role, interest, lifted }) => {
      const before = to.tree.parent?.interests.find((one) => one.person === person && one.role === role);
      const same = interest === (before?.interest ?? 'none') && lifted?.by === before?.lifted?.by;
      return same ? [] : [happened(to.id, 'concordat.agreement.interest-came-along.v1', { from, person, role, interest, ...(lifted !== undefined && { lifted }) })];
    });
  return [
    ...(parent?.as === 'called-off-from' ? here(parent.agreement).flatMap((above) => come(above, after)) : []),
    ...calledOffFrom(after, others).flatMap(here).flatMap((beneath) => come(after, beneath)),
  ];
}

/** In the successor: the whole record, all at once or not at all. `acceptedBy`: a person of the successor. `others`: what stands around it there. */
export function begins(accepted: Accepted, acceptedBy: string, { agreement, record, digest, participants }: Omit<Brought, 'ownPathway'>, others: Readonly<Record<string, Agreement>>, sha256: (text: string) => string): readonly [AgreementEvent, ...AgreementEvent[]] {
  const { from, basis, on, version, position, hash } = accepted;
  const { renames, owners } = afterwardsOf(accepted);
  const after = handedOver(renamed(agreement, renames), owners);
  // For whom it was over there it is over here.
  const parties = Object.entries(after.award.parties).flatMap(([provider, role]) => (after.award.left[provider] === undefined ? [{ provider, role }] : []));
  return [
    happened(agreement.id, 'concordat.agreement.transferred-in.v1', { from, basis, on, acceptedBy, version, position, hash, digest }),
    ...record.map((event) => happened(agreement.id, 'concordat.agreement.brought-over.v1', event)),
    happened(agreement.id, 'concordat.agreement.gone-on.v1', { from, stage: agreement.stage, renames: [...renames, ...hashesAfter(agreement, after, sha256)], owners, parties }),
    ...changedMeanwhile(after, others),
    ...Object.entries(participants).map(([participant, { asks, asksPerYear, interests, benefitsAdviceOn, erased }]) =>
      happenedTo(participant, 'concordat.participant.brought-over.v1', { asks, asksPerYear: asksPerYear === initialParticipant.asksPerYear ? null : asksPerYear, interests, benefitsAdviceOn, erased }),
    ),
  ];
}
