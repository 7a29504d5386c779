import type { PersonRequest } from '@concordat/access';
import { type Actor, may, type OnAgreement, type Reach, personFold, personStream, reachOf, type Right } from '@concordat/access/core';
import { Journal } from '@concordat/journal';
import { type RecordedEvent, type Refusal, upcastBy } from '@concordat/journal/core';
import { holidays, OwnPathways } from '@concordat/pathway';
import { ownCalendarFold, ownCalendarStream, type Pathway, stageOf, withOwnHolidays } from '@concordat/pathway/core';
import { Clock } from '@concordat/platform';
import type { Sealed } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import { concernWords } from './concern-words.js';
import { contextOf, documentsFor, type OwnRules, ownRulesFrom, ownRuleStreams } from './context.js';
import { type Agreement, agreementFold, agreementStream, asItHappened, askBudgetOf, asNamedNow, check, type Checklist, type Child, childrenOf, type Events, type GateCondition, initialAgreement, knownToday, namesWhatWasSaid, onRecordNow, owedBy, participantFold, participantStream, promisesGoOnIn, riskSettingsFold, riskSettingsStream, scopeOn, type Sight, type SightOf, sightOf, signersOf, simulate, type Simulated, stagesThere, withoutConcernsSeenSince, withoutWhoRaisedConcerns } from './core/index.js';
import { besidesAtGate, personsFrom } from './states.js';

/** An agreement with the version its stream stands at, and what the organisation says at the same time. */
export interface AgreementAt extends OwnRules {
  readonly agreement: Agreement;
  readonly version: number;
}

/** An agreement as somebody may see it. */
export interface AgreementSeen extends AgreementAt {
  readonly sight: Sight;
}

/** One agreement as it stands, with what its gate asks now, and what it would meet on another version of its pathway. */
export interface Simulation {
  readonly agreement: Agreement;
  readonly asked: Checklist;
  readonly then: Simulated;
  /** Where it may stand then. */
  readonly stages: readonly string[];
}

/** The gate an agreement stands before. */
export interface Gate {
  readonly agreement: Agreement;
  readonly version: number;
  readonly stage: string;
  /** True where the gate asks less than it will in a later version of the pathway. */
  readonly preliminary: boolean;
  readonly checklist: Checklist;
  /** What earlier gates opened on and is not there yet. */
  readonly owed: readonly GateCondition[];
}

/** Where an agreement stands among others, each as it stands now. */
export interface AgreementTree {
  /** What it came from, and what that came from, the first of all first. */
  readonly above: readonly Agreement[];
  /** What came from it, in the order it was opened; the newest 200. */
  readonly beneath: readonly { readonly child: Child; readonly agreement: Agreement }[];
  /** How many came from it before those. */
  readonly earlier: number;
  readonly links: readonly { readonly as: Agreement['tree']['links'][number]['as']; readonly agreement: Agreement }[];
}
const mostBeneath = 200;

const said = 'concordat.agreement.contribution-recorded.v1';
type Said = typeof said;
const broughtOver = 'concordat.agreement.brought-over.v1';
const aPage = 500;

/** Does this actor pass on what people say that must leave the ledger? */
const passesOn = (actor: Actor, agreement: string, today: string): boolean => may(actor, 'involvement.manage', { agreement }, today);

/** Reads agreements from their streams, never from a view, so that what was just written is there. */
@Injectable()
export class Agreements {
  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly ownPathways: OwnPathways,
  ) {}

  /** The agreement as it stands, or at an instant, with whoever signed under the ids known then; undefined where the tenant has none by this id (then). */
  async find(tenant: string, id: string, asAt?: Date): Promise<AgreementAt | undefined> {
    const stream = agreementStream(id);
    if (asAt !== undefined) {
      const at = (one: string) => this.journal.loadAsAt(tenant, one, asAt);
      const [then, settings, calendar] = await Promise.all([at(stream), at(riskSettingsStream), at(ownCalendarStream)]);
      if (then.version === 0) return undefined;
      const asSigned = then.of(agreementFold);
      await this.ownPathways.know(tenant, asSigned.pathway);
      const signers = await Promise.all(signersOf(asSigned).map(at));
      const agreement = knownToday(asSigned, Object.fromEntries(signers.map((one) => [one.stream.slice(personStream('').length), one.of(personFold)])));
      return { agreement, version: then.version, riskSettings: settings.of(riskSettingsFold), holidays: withOwnHolidays(holidays, calendar.of(ownCalendarFold)) };
    }
    return (await this.findAll(tenant, [id])).get(id);
  }

  /** Those that carry on what was promised in this agreement, and in turn in them, by id, as they stand. */
  async carryingOn(tenant: string, agreement: Agreement): Promise<Readonly<Record<string, Agreement>>> {
    const found = new Map<string, Agreement>();
    for (let next = promisesGoOnIn(agreement); next.length > 0; ) {
      const read = await this.findAll(tenant, next);
      for (const [id, one] of read) found.set(id, one.agreement);
      next = [...new Set([...read.values()].flatMap((one) => promisesGoOnIn(one.agreement)))].filter((id) => !found.has(id));
    }
    return Object.fromEntries(found);
  }

  /** Which agreements there are is nothing that a person's own record knows: the refusal of what is delegated, or held, on one that there is not. */
  async refuseUnknown(tenant: string, command: PersonRequest): Promise<readonly Refusal[]> {
    const named = command.name === 'delegate' || command.name === 'grant-role' ? (command.agreements ?? []) : [];
    const known = named.length === 0 ? new Map() : await this.findAll(tenant, named);
    const unknown = named.filter((agreement) => !known.has(agreement));
    const missing = unknown.map((agreement) => ({ what: `agreement-${agreement}`, suppliedBy: 'commissioner', by: 'open-agreement' }));
    return missing.length === 0 ? [] : [{ code: 'grant.agreement-unknown', asks: 'What holds on some agreements names those that there are in this organisation.', missing }];
  }

  /**
   * The agreement as this actor sees it on this day, as it stands or at an instant; undefined where there is none for them. Whatever
   * instant is asked, it is looked at today: who sees all of it no more sees nothing of before, and what was seen for a concern since is
   * there for those alone who pass it on. People who take part see it as it stands alone, because people choose at any time who sees what they
   * said. A party sees what it was a party to then, and for whom the sourcing is over the agreement as it was when it was awarded; of what
   * people do by themselves it sees, of whatever instant, what is on record for it still.
   */
  async see(tenant: string, id: string, actor: Actor, today: string, asAt?: Date): Promise<AgreementSeen | undefined> {
    const now = await this.find(tenant, id);
    if (now === undefined) return undefined;
    const sight = sightOf(actor, now.agreement, today);
    if (sight === undefined) return undefined;
    const then = asAt === undefined ? now : await this.find(tenant, id, asAt);
    if (then === undefined) return undefined;
    switch (sight.sees) {
      case 'all':
        return { ...then, sight, agreement: passesOn(actor, id, today) ? then.agreement : withoutConcernsSeenSince(then.agreement, now.agreement) };
      case 'people':
        return asAt === undefined ? { ...then, sight } : undefined;
      case 'party': {
        const own = sightOf(actor, then.agreement, today);
        return own?.sees === 'party' ? this.asLeft(tenant, then, own, now.agreement) : undefined;
      }
    }
  }

  /** As a party sees it for whom the sourcing may be over. `now`: as it stands. */
  private async asLeft(tenant: string, at: AgreementAt, sight: SightOf<'party'>, now: Agreement): Promise<AgreementSeen | undefined> {
    if (sight.until === null) return { ...at, agreement: onRecordNow(at.agreement, now), sight };
    const agreement = await this.findAtVersion(tenant, at.agreement.id, sight.until);
    return agreement && { ...at, agreement: onRecordNow(agreement, now), version: sight.until, sight };
  }

  /** Several of them as this actor sees each as it stands, by id; those that are not there for them are left out. */
  async seeAll(tenant: string, ids: readonly string[], actor: Actor, today: string): Promise<ReadonlyMap<string, AgreementSeen>> {
    const seen = await Promise.all(
      [...(await this.findAll(tenant, ids))].map(async ([id, at]): Promise<readonly [string, AgreementSeen][]> => {
        const sight = sightOf(actor, at.agreement, today);
        if (sight === undefined) return [];
        const seen = sight.sees === 'party' ? await this.asLeft(tenant, at, sight, at.agreement) : { ...at, sight };
        return seen === undefined ? [] : [[id, seen]];
      }),
    );
    return new Map(seen.flat());
  }

  /** The agreement as it stood at one of its versions, under the names that what is in it has now; undefined where the tenant has none by this id. */
  async findAtVersion(tenant: string, id: string, at: number): Promise<Agreement | undefined> {
    const stream = agreementStream(id);
    const [then, now] = await Promise.all([this.journal.loadAtVersion(tenant, stream, at), this.journal.load(tenant, [stream])]);
    return then.version === 0 ? undefined : asNamedNow(then.of(agreementFold), now.of(agreementFold, stream).state);
  }

  /** Several of them as they stand, by id, in one round trip, and one more where somebody signed whom this process knew nothing of; those the tenant does not have are left out. */
  async findAll(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, AgreementAt>> {
    if (ids.length === 0) return new Map();
    const signed = [...new Set(ids.flatMap((id) => signersOf(this.journal.lastSeen(agreementFold, tenant, agreementStream(id)) ?? initialAgreement)))];
    const states = await this.journal.load(tenant, [...ids.map(agreementStream), ...ownRuleStreams, ...signed]);
    const own = ownRulesFrom(states);
    const found = ids.map((id): [string, AgreementAt] => {
      const { state, version } = states.of(agreementFold, agreementStream(id));
      return [id, { agreement: state, version, ...own }];
    });
    const known = await this.underIdsOfToday(tenant, found.filter(([, { version }]) => version > 0), personsFrom(states, signed));
    for (const [, { agreement }] of known) await this.ownPathways.know(tenant, agreement.pathway);
    return new Map(known);
  }

  /** Each with whoever signed, decided or read there under every id they have today; in one round trip for all, and none where those read already are all. */
  private async underIdsOfToday(tenant: string, found: readonly (readonly [string, AgreementAt])[], read: ReturnType<typeof personsFrom>): Promise<readonly (readonly [string, AgreementAt])[]> {
    const have = new Set(Object.keys(read).map(personStream));
    const lacking = [...new Set(found.flatMap(([, { agreement }]) => signersOf(agreement)))].filter((stream) => !have.has(stream));
    const persons = lacking.length === 0 ? read : { ...read, ...personsFrom(await this.journal.load(tenant, lacking), lacking) };
    return found.map(([id, at]) => [id, { ...at, agreement: knownToday(at.agreement, persons) }]);
  }

  /**
   * How far a right of this actor reaches on this day, with the agreements they have it on for a partner body: those whose own streams
   * say so now, in one round trip. Whoever acts for none costs none.
   */
  async reach(tenant: string, actor: Actor, right: Right, day: string): Promise<Reach> {
    const reach = reachOf(actor, right, day);
    if (reach === 'all') return reach;
    const asPartner = [...(await this.scopesAsPartner(tenant, actor, day))];
    const also = (known: readonly string[], more: object) => [...new Set([...known, ...asPartner.filter(([, scope]) => may(actor, right, { ...scope, ...more }, day)).map(([id]) => id)])];
    return { ...reach, agreements: also(reach.agreements, {}), takingPart: reach.takingPart === 'all' ? 'all' : also(reach.takingPart, { takingPart: true }) };
  }

  /** The agreements on which this actor holds a role for a partner body, as rights on each are asked about on this day, by id. */
  async scopesAsPartner(tenant: string, actor: Actor, day: string): Promise<ReadonlyMap<string, OnAgreement>> {
    const grants = actor.kind === 'person' ? actor.grants : [];
    const named = grants.flatMap(({ partner, agreements = [] }) => (partner === undefined ? [] : agreements));
    const found = await this.findAll(tenant, [...new Set(named)]);
    return new Map([...found].map(([id, { agreement }]) => [id, scopeOn(agreement, day)]));
  }

  /**
   * What it came from, what came from it, and what it is linked to, of those whose whole this actor sees on this day: whoever sees one agreement
   * has not the other by it. In a round trip for each step up and one for the rest.
   */
  async tree(tenant: string, agreement: Agreement, actor: Actor, today: string): Promise<AgreementTree> {
    const isSeen = (other: Agreement) => sightOf(actor, other, today)?.sees === 'all';
    const above: Agreement[] = [];
    for (let parent = agreement.tree.parent; parent !== null; ) {
      const found = await this.find(tenant, parent.agreement);
      if (found === undefined) break;
      if (isSeen(found.agreement)) above.unshift(found.agreement);
      parent = found.agreement.tree.parent;
    }
    const all = childrenOf(agreement);
    const children = all.slice(-mostBeneath);
    const others = await this.findAll(tenant, [...children, ...agreement.tree.links.map(({ agreement: id }) => ({ id }))].map(({ id }) => id));
    return {
      above,
      beneath: children.flatMap((child) => {
        const at = others.get(child.id);
        return at === undefined || !isSeen(at.agreement) ? [] : [{ child, agreement: at.agreement }];
      }),
      earlier: all.length - children.length,
      links: agreement.tree.links.flatMap(({ agreement: id, as }) => {
        const at = others.get(id);
        return at === undefined || !isSeen(at.agreement) ? [] : [{ as, agreement: at.agreement }];
      }),
    };
  }

  /** How often each of these people (pseudonyms) may be asked, across all agreements, as of a day; in one round trip. */
  async askBudgets(tenant: string, participants: readonly string[], today: string): Promise<ReadonlyMap<string, ReturnType<typeof askBudgetOf>>> {
    if (participants.length === 0) return new Map();
    const states = await this.journal.load(tenant, participants.map(participantStream));
    return new Map(participants.map((participant) => [participant, askBudgetOf(states.of(participantFold, participantStream(participant)).state, today)]));
  }

  /** Everything its gate asks, met or not, as of today; undefined where there is no such agreement. */
  async gate(tenant: string, id: string, actor: Actor): Promise<Gate | undefined> {
    const found = await this.find(tenant, id);
    return found && this.gateOf(tenant, found, actor);
  }

  /** The gate of an agreement that was found. */
  async gateOf(tenant: string, { agreement, version, ...own }: AgreementAt, actor: Actor): Promise<Gate> {
    const documents = documentsFor(tenant, agreement);
    if ('refusals' in documents) throw new Error(`The agreement ${agreement.id} follows documents that this release does not ship.`);
    const context = contextOf(tenant, documents, own, actor, this.clock.now(), await besidesAtGate(this.journal, tenant, agreement, documents));
    return {
      agreement,
      version,
      stage: agreement.stage,
      preliminary: stageOf(documents.pathway, agreement.stage)?.gate.preliminary ?? false,
      checklist: check(agreement, context),
      owed: owedBy(agreement, context).conditions,
    };
  }

  /**
   * What each of these agreements would meet on another pathway or version, as of today, in their order; unknown ids are left out.
   * `stages`: where one stands then whose stage the new version lacks, by the id of that stage.
   */
  async simulate(tenant: string, ids: readonly string[], target: Pathway, stages: Readonly<Record<string, string>>, actor: Actor): Promise<readonly Simulation[]> {
    const found = await this.findAll(tenant, ids);
    const now = this.clock.now();
    const simulated = await Promise.all(ids.map(async (id): Promise<readonly Simulation[]> => {
      const at = found.get(id);
      if (at === undefined) return [];
      const { agreement, version: _, ...own } = at;
      const documents = documentsFor(tenant, agreement);
      if ('refusals' in documents) return [];
      // Its last gate may be another there, or be where it stands.
      const then = { ...agreement, stage: stages[agreement.stage] ?? agreement.stage };
      const [here, there] = await Promise.all([besidesAtGate(this.journal, tenant, agreement, documents), besidesAtGate(this.journal, tenant, then, { ...documents, pathway: target })]);
      const context = contextOf(tenant, documents, own, actor, now, { erased: new Set([...here.erased, ...there.erased]), enders: { ...here.enders, ...there.enders } });
      return [{ agreement, asked: check(agreement, context), then: simulate(agreement, target, stages[agreement.stage], context), stages: stagesThere(agreement, target, context) }];
    }));
    return simulated.flat();
  }

  /**
   * What people said, as it was recorded, oldest first, after position `after` of the feed, of that which is `readable`, by id: how much is
   * not would tell of few people. The words are sealed.
   */
  async said(tenant: string, id: string, readable: (contribution: string) => boolean, after: number, limit: number): Promise<readonly RecordedEvent<Said, Events[Said]>[]> {
    const found: RecordedEvent[] = [];
    for (let from = after; found.length < limit; ) {
      const events = await this.journal.feed(tenant, from, aPage, { stream: agreementStream(id), types: [said, broughtOver] });
      found.push(...events.map((event) => asItHappened(upcastBy(agreementFold, event))).filter(({ type, data }) => type === said && readable((data as unknown as Events[Said]).contribution)));
      if (events.length < aPage) break;
      from = events.at(-1)?.position ?? from;
    }
    return found.slice(0, limit) as unknown as readonly RecordedEvent<Said, Events[Said]>[];
  }

  /** The sealed words of the concerns that were not passed on yet, by the id of the concern. */
  concerns(tenant: string, { id, contributions: { concerns } }: Agreement): Promise<ReadonlyMap<string, Sealed>> {
    return concernWords(this.journal, tenant, id, new Set(concerns.filter(({ passedOn }) => passedOn === null).map(({ id: concern }) => concern)));
  }

  /** Makes of each of these events, of whichever agreements, what this actor reads of it on this day; what is known of a concern today counts for what happened before. */
  async readingOf(tenant: string, actor: Actor, today: string, events: readonly RecordedEvent[]): Promise<(event: RecordedEvent) => RecordedEvent> {
    const streams = new Set(events.filter(namesWhatWasSaid).map(({ stream }) => stream));
    const ids = [...streams].flatMap((stream) => (stream.startsWith(agreementStream('')) ? [stream.slice(agreementStream('').length)] : []));
    const now = await this.findAll(tenant, ids.filter((id) => !passesOn(actor, id, today)));
    const found = new Map([...now].map(([id, { agreement }]) => [agreementStream(id), agreement]));
    return (event) => {
      const agreement = found.get(event.stream);
      return agreement === undefined ? event : withoutWhoRaisedConcerns(agreement, event);
    };
  }

  /** What happened to it as this release says it, oldest first, after version `after`. What was recorded word for word is in the assurance pack. */
  async history(tenant: string, id: string, after: number, limit: number): Promise<readonly RecordedEvent[]> {
    const events = await this.journal.history(tenant, agreementStream(id), { after, limit });
    return events.map((event) => upcastBy(agreementFold, event));
  }
}
