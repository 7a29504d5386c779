import { type InPlaceOf, People } from '@concordat/access';
import { type Actor, holdsRole, identitiesOf, may, type OnAgreement, personFold, personStream, type Right, type Scope } from '@concordat/access/core';
import { type AgreementAt, Agreements, ElectionTimes } from '@concordat/agreement';
import { delegationReaching, hasPartInWaiver, sightOf, statementsFor } from '@concordat/agreement/core';
import { Consumers, Journal } from '@concordat/journal';
import { Database, londonDay } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { workName } from './work.consumer.js';
import { isOver } from './core/index.js';
import type { WorkLine } from './work-export.js';
import { readWork, type WorkRow } from './work.store.js';

const rights = ['statement.give', 'involvement.manage', 'decision.record', 'agreement.move', 'second.give', 'waiver.answer', 'waiver.review', 'delivery.manage', 'award.make', 'agreement.edit', 'publication.manage'] as const satisfies readonly Right[];

/** What a provider's people do for their provider. */
const ofAProvider: readonly Right[] = ['award.accept', 'delivery.report'];

/** What whoever stands in for an approver does in their place. */
const inTheirPlace: readonly WorkRow['kind'][] = ['sign-off', 'lapse'];

/** Whose work is asked for. */
interface Someone {
  readonly actor: Actor;
  /** The person's id. */
  readonly id: string;
}

/** What waits for somebody, longest first. `found` holds its agreements as they stand; `full`: there may be more. */
export interface WorkOf {
  readonly lines: readonly WorkLine[];
  readonly found: ReadonlyMap<string, AgreementAt>;
  readonly full: boolean;
}

/** What waits for somebody, and what somebody waits for. */
@Injectable()
export class WorkList {
  constructor(
    private readonly database: Database,
    private readonly consumers: Consumers,
    private readonly journal: Journal,
    private readonly agreements: Agreements,
    private readonly elections: ElectionTimes,
    private readonly people: People,
  ) {}

  /**
   * What waits for this person, and after it what they asked others for, at most `limit` of each. What they asked for
   * themselves, under any of their ids, or what they have a part in that another looks at, waits for others, what is asked of an approver in whose place they may sign waits for them too, a gate is listed if it can open now, to people who take part a view that is asked of such as they, and what is planned to go out as held back while an election does.
   */
  async of(tenant: string, who: Someone, now: Date, o: { readonly limit: number; readonly upTo?: number }): Promise<WorkOf> {
    const { actor, id } = who;
    const day = londonDay(now);
    const [{ waiting: own, asked }, placed] = await Promise.all([this.listed(tenant, who, day, o), this.placed(tenant, who, day, o.limit)]);
    const waiting = [...own, ...placed.map(({ row }) => row)];
    const isAnothers = ({ kind, askedBy }: WorkRow) => kind === 'waiver-review' || (askedBy !== null && askedBy !== id);
    const [found, everyId] = await Promise.all([
      this.agreements.findAll(tenant, [...new Set([...waiting, ...asked].map(({ agreement }) => agreement))]),
      waiting.some(isAnothers) ? this.everyIdOf(tenant, id) : [id],
    ]);
    const theirOwn = ({ kind, agreement, subject }: WorkRow): boolean =>
      kind === 'waiver-review' && found.get(agreement)?.agreement.waivers.some((waiver) => waiver.id === subject && hasPartInWaiver(waiver, everyId)) === true;
    const isAskedOfOthers = ({ kind, agreement, subject }: WorkRow): boolean => {
      const at = found.get(agreement)?.agreement;
      return kind === 'statement' && at !== undefined && sightOf(actor, at, day)?.sees === 'people' && !statementsFor(at, id).some((one) => one.id === subject);
    };
    const canStill = (row: WorkRow): boolean => {
      const at = found.get(row.agreement)?.agreement;
      return at === undefined || !isOver(at, row, day);
    };
    const gates = await Promise.all(waiting.filter(({ kind }) => kind === 'gate').map(async (row) => ((await this.canOpen(tenant, actor, found.get(row.agreement))) ? row : null)));
    const mine = own.filter((row) => (row.askedBy === null || !everyId.includes(row.askedBy) || row.kind === 'acceptance') && !theirOwn(row) && !isAskedOfOthers(row) && canStill(row) && (row.kind !== 'gate' || gates.includes(row)));
    const held = mine.some(({ kind }) => kind === 'publication') && (await this.elections.of(tenant)).some(({ begins, ends }) => begins <= day && day <= ends);
    const kindNow = (kind: WorkRow['kind']) => (held && kind === 'publication' ? 'publication-held' : kind);
    // What they do by a role of their own is not listed a second time, nor what they or the approver asked for.
    const inPlace = placed.filter(({ row, place }) => {
      const at = found.get(row.agreement)?.agreement;
      const isOwn = mine.some(({ agreement, kind, subject }) => agreement === row.agreement && kind === row.kind && subject === row.subject);
      return !isOwn && at !== undefined && ![...everyId, place.person].includes(row.askedBy ?? '') && delegationReaching(at, place.delegator, id, row.key.split(':')[1] ?? '', day) !== undefined;
    });
    const yours = [
      ...mine.map((row) => ({ ...row, kind: kindNow(row.kind), waitsFor: 'you' as const, inPlaceOf: null })),
      ...inPlace.map(({ row, place }) => ({ ...row, waitsFor: 'you' as const, inPlaceOf: place.person })),
    ].sort((one, other) => (one.since < other.since ? -1 : one.since > other.since ? 1 : 0));
    return { lines: [...yours, ...asked.filter(canStill).map((row) => ({ ...row, waitsFor: 'others' as const, inPlaceOf: null }))], found, full: own.length === o.limit };
  }

  /** What is asked of approvers in whose place this person may sign today. */
  private async placed(tenant: string, { actor }: Someone, day: string, limit: number): Promise<readonly { readonly row: WorkRow; readonly place: InPlaceOf }[]> {
    const places = await this.people.inWhosePlace(tenant, actor, day);
    const listed = await Promise.all(places.map(async (place) => {
      const { waiting } = await this.listed(tenant, { actor: place.actor, id: place.person }, day, { limit });
      return waiting.filter(({ kind, key }) => inTheirPlace.includes(kind) && key.startsWith('sign-off.give:')).map((row) => ({ row, place }));
    }));
    return listed.flat();
  }

  /**
   * What is listed for somebody as waiting for them, and as asked by them, longest first, `limit` rows of each at most. A gate is
   * listed when nothing but time held it up at its last event; look at it again before saying that it can open. `upTo`: a
   * position the reader has seen.
   */
  async listed(tenant: string, { actor, id }: Someone, day: string, { limit, upTo }: { readonly limit: number; readonly upTo?: number }): Promise<{ readonly waiting: readonly WorkRow[]; readonly asked: readonly WorkRow[] }> {
    if (upTo !== undefined) await this.consumers.catchUp(workName, tenant, { until: upTo, withinMs: 200 });
    const asPartner = await this.agreements.scopesAsPartner(tenant, actor, day);
    const { waiting, asked } = await readWork(this.database, tenant, { keys: workKeys(actor, asPartner, day), person: id, day, limit });
    // Once proof is too old, it is not said besides that it will be.
    const aged = new Set(waiting.flatMap(({ kind, agreement, subject }) => (kind === 'control-aged' ? [`${agreement}/${subject}`] : [])));
    return { waiting: waiting.filter((row) => isTheirs(row, actor, asPartner.get(row.agreement), day) && !(row.kind === 'control-ages' && aged.has(`${row.agreement}/${row.subject}`))), asked };
  }

  private async everyIdOf(tenant: string, id: string): Promise<readonly string[]> {
    const stream = personStream(id);
    return identitiesOf(id, (await this.journal.load(tenant, [stream])).of(personFold, stream).state);
  }

  /** A gate changes with the day, so those that are listed are looked at again. */
  private async canOpen(tenant: string, actor: Actor, at: AgreementAt | undefined): Promise<boolean> {
    return at !== undefined && at.agreement.lifecycle === 'open' && (await this.agreements.gateOf(tenant, at, actor)).checklist.every(({ met }) => met);
  }
}

/** A key names a right and what it is limited to; whether they have it for this very agreement is seen here. `asPartner`: as far as they act there for a partner body. */
export function isTheirs({ agreement, key }: Pick<WorkRow, 'agreement' | 'key'>, actor: Actor, asPartner: OnAgreement | undefined, day: string): boolean {
  const [right = '', limit] = key.split(':');
  if (right === 'person') return true;
  const here = asPartner ?? { agreement, partners: {} };
  if (right === 'role') return actor.kind === 'person' && holdsRole(actor.grants, limit, here, day);
  const scope: Scope = limit === undefined ? {} : ofAProvider.includes(right as Right) ? { provider: limit } : { discipline: limit };
  return may(actor, right as Right, { ...here, ...scope }, day);
}

/** The keys of work that may be this actor's. */
function workKeys(actor: Actor, asPartner: ReadonlyMap<string, OnAgreement>, day: string): readonly string[] {
  if (actor.kind !== 'person') return [];
  // Where each grant is asked about: one agreement is enough, but a partner body's record may be in force on another of them alone.
  const places = actor.grants.flatMap(({ partner, agreements = [], discipline, provider }) =>
    (partner === undefined ? [agreements[0]] : agreements).map((agreement) => ({ scope: agreement === undefined ? {} : (asPartner.get(agreement) ?? { agreement }), discipline, provider })),
  );
  const limited = places.flatMap(({ scope, discipline, provider }) => [
    ...(discipline !== undefined && may(actor, 'sign-off.give', { ...scope, discipline }, day) ? [`sign-off.give:${discipline}`] : []),
    ...ofAProvider.flatMap((right) => (provider !== undefined && may(actor, right, { ...scope, provider }, day) ? [`${right}:${provider}`] : [])),
  ]);
  const plain = rights.filter((right) => places.some(({ scope }) => may(actor, right, scope, day)));
  return [...new Set([...limited, ...plain, ...actor.grants.map(({ role }) => `role:${role}`), `person:${actor.person}`])];
}
