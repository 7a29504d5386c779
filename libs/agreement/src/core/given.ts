import { type Actor, initialProvider, initialPerson, type Person, type Provider, type Right, type RoleGrant } from '@concordat/access/core';
import type { Decision, EventMeta, Refusal } from '@concordat/journal/core';
import type { ConditionUse, HolidayCalendar, InUse, Pathway, Route, Tier } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import { type Agreement, initialAgreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { type Arrival, arrivalFold, initialArrival } from './arrival.js';
import { erasedOf } from './check.js';
import type { AgreementCommandBody, CommandName, Commands } from './command.js';
import { decide } from './decide.js';
import { decisionVersion } from './decision-paper.js';
import { type AgreementEvent, type AgreementEventType, agreementStream, type EventOf, type Events } from './event.js';
import { evolve } from './evolve.js';
import { type RiskSettings, shippedRiskSettings } from './risk-matrix.js';
import { type Participant, initialParticipant, participantFold } from './participant.js';
import { restsBesides, streamsOf } from './streams.js';
import type { Context, States } from './topic.js';
import type { Offered } from './transfer.js';
import { stillToAccept } from './variation-acceptance.js';
import { variationVersion } from './variation-paper.js';

// For specs: the agreement core as a world in which events happened and commands are tried. Nothing here is a stand-in:
// decide, evolve, rights and conditions are the real ones; only the pathway, the people and the hash are small.

/** A UUID that a reader can tell apart: `id(7)` is `00000000-0000-4000-8000-000000000007`. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const agreementId = id(1);
export const provider = id(2);
export const otherProvider = id(3);
/** Two registrations of one company. */
export const twins = [id(95), id(96)] as const;

/** People by what they do; `everything` at once is for a small tier's second person. */
export const people = {
  commissioner: id(11),
  colleague: id(12),
  approver: id(13),
  decisionMaker: id(14),
  signatory: id(15),
  otherSignatory: id(16),
  stranger: id(17),
  representative: id(18),
  member: id(19),
  importer: 'system:import',
  /** Keeps the house in order, and nothing else. */
  administrator: id(20),
  /** Outside every team, with the rights of a senior responsible owner, a decision-maker, a representative and an administrator. */
  outsider: id(18),
} as const;
export type Who = keyof typeof people;

const approving: readonly RoleGrant[] = [
  'sponsor', 'safeguarding', 'finance', 'legal-procurement', 'clinical-quality', 'information-governance', 'equality',
].map((discipline) => ({ role: 'approver', discipline }));
const moving: readonly RoleGrant[] = [{ role: 'commissioner' }, { role: 'senior-responsible-owner' }, { role: 'facilitator' }, { role: 'panel-chair' }, { role: 'publisher' }];
// Everyone who commissions holds the approver's and the decision-maker's roles too: only the separation of duties is left to stop them.
const rolesOf: Record<Who, { readonly grants: readonly RoleGrant[]; readonly of?: string }> = {
  commissioner: { grants: [...moving, ...approving, { role: 'decision-maker' }] },
  colleague: { grants: [...moving, ...approving, { role: 'decision-maker' }] },
  approver: { grants: approving },
  decisionMaker: { grants: [{ role: 'decision-maker' }] },
  signatory: { grants: [{ role: 'provider-signatory', provider }], of: provider },
  otherSignatory: { grants: [{ role: 'provider-signatory', provider: otherProvider }], of: otherProvider },
  stranger: { grants: [] },
  representative: { grants: [{ role: 'representative' }] },
  member: { grants: [{ role: 'elected-member' }] },
  importer: { grants: [] },
  administrator: { grants: [{ role: 'administrator' }] },
  outsider: { grants: [{ role: 'senior-responsible-owner' }, { role: 'decision-maker' }, { role: 'representative' }, { role: 'administrator' }] },
};

function registered({ grants, of }: (typeof rolesOf)[Who]): Person {
  return {
    ...initialPerson,
    registered: true,
    memberOf: of === undefined ? { kind: 'organisation' } : { kind: 'provider', provider: of },
    grants: grants.map((grant, n) => ({ ...grant, grant: id(1000 + n) })),
  };
}

const atEveryTier = <P>(parameters: P): Record<Tier, P> => ({ small: parameters, standard: parameters, major: parameters });

/** A condition that a gate asks, the same of every tier. */
export type Asked = { readonly code: ConditionUse['code']; readonly parameters: object };

/** A pathway of three stages with one gate that asks nothing, one that asks these conditions, and a last one. */
export function pathwayAsking(...conditions: readonly Asked[]): Pathway {
  const gate = (asked: readonly ConditionUse[]) => ({ preliminary: false, conditions: asked });
  return {
    id: 'lunch-club',
    version: 1,
    title: 'Lunch club',
    kinds: ['contract', 'grant', 'framework', 'call-off', 'placement'],
    regimes: ['PA 2023'],
    tiers: { small: { upTo: 25_000 }, standard: { upTo: 250_000 }, source: { cites: 'spec', mark: 'practice' } },
    stages: [
      { id: 'mandate', title: 'Mandate', mode: 'none', gate: gate([]) },
      {
        id: 'design',
        title: 'Design',
        mode: 'co-design',
        gate: gate(conditions.map(({ code, parameters }) => ({ code, tiers: atEveryTier(parameters) }) as ConditionUse)),
      },
      { id: 'delivery', title: 'Delivery', mode: 'co-delivery', gate: gate([]) },
    ],
    coming: [],
  };
}

/** A route with the standstill of PA 2023 s.51. */
export const route: Route = {
  id: 'pa2023-competitive',
  version: 1,
  title: 'Competitive',
  regime: 'PA 2023',
  standstill: {
    kind: 'mandatory',
    days: 8,
    begins: 'publication',
    counts: 'from-that-day',
    calendar: 'any-uk',
    heldOpen: [{ challenge: 'proceedings', says: 'Proceedings begun during the standstill.', workingDays: 0, source: { cites: 'PA 2023 s.101', mark: 'text' } }],
    source: { cites: 'PA 2023 s.51', mark: 'text' },
  },
  grounds: [
    { id: 'small-value', says: 'It is a small contract.', under: 5_000_000, source: { cites: 'spec', mark: 'practice' } },
    { id: 'single', says: 'Nobody else can do it.', source: { cites: 'spec', mark: 'practice' } },
  ],
  clocks: [{ id: 'look', says: 'Providers have two days to look at it.', bound: 'at-least', days: 2, unit: 'days', source: { cites: 'spec', mark: 'practice' } }],
  modification: {
    says: 'A small change.',
    grounds: [{ id: 'small', says: 'It is small.', confirms: ['It is the same.'], source: { cites: 'spec', mark: 'text' }, limits: [
      { says: 'under 25 %', of: 'value', counts: 'together', change: 'either', bound: 'under', percent: 25 },
      { says: 'under £1,000', of: 'value', counts: 'together', change: 'either', bound: 'under', pounds: 1_000 },
    ] }],
    source: { cites: 'spec', mark: 'text' },
  },
  notices: [{ code: 'UK4', title: 'Tender notice', source: { cites: 'spec', mark: 'text' } }],
  conditions: [],
  sources: [],
  unverified: [],
};

const holidays: HolidayCalendar = {
  source: 'spec',
  firstKnownYear: 2026,
  lastKnownYear: 2026,
  holidays: { 'england-and-wales': [], scotland: ['2026-06-15'], 'northern-ireland': [] },
};

/** Where the spec's organisation votes. */
export const elections = [{ title: 'the by-election', begins: '2026-09-01', ends: '2026-09-24' }] as const;

/** Whom the spec's organisation names as successor. */
export const successor = { tenant: id(501), slug: 'southshire', name: 'Southshire' } as const;

/** One thing that happened: an event's type, what happened, and who did it (the commissioner, where nobody is named). */
export type Happening<T extends AgreementEventType = AgreementEventType> = { readonly [K in T]: readonly [K, Events[K], Who?] }[T];

/** A decision on a variation, before what was read and weighed is named. */
type Unread = Omit<Commands['decide-variation'], 'versionRead' | 'weighed'>;

/** A world at one moment. Every step gives a new one. */
export class Scene {
  private constructor(
    readonly agreement: Agreement,
    readonly participants: Readonly<Record<string, Participant>>,
    readonly pathway: Pathway,
    readonly route: Route,
    readonly today: CivilDate,
    readonly version: number,
    readonly others: Readonly<Record<string, Agreement>>,
    /** Other versions of its pathway, the first of them version 1. */
    readonly published: readonly Pathway[],
    readonly persons: Readonly<Record<string, Person>>,
    readonly riskSettings: RiskSettings,
    /** Which agreement it is about. */
    readonly id: string,
    /** What another organisation offers of it. */
    readonly offered: Offered | undefined,
    readonly arrival: Arrival,
    /** Where another version is in use than the one it follows. */
    readonly inUse: ReadonlyMap<string, InUse>,
    /** Who published the pathway it follows; undefined where it ships. */
    readonly publisher: Who | undefined,
  ) {}

  static readonly empty = new Scene(
    initialAgreement, {}, pathwayAsking(), route, '2026-06-01', 0, {}, [],
    Object.fromEntries((Object.keys(people) as Who[]).map((who) => [people[who], registered(rolesOf[who])])), shippedRiskSettings, agreementId, undefined, initialArrival, new Map(), undefined,
  );

  private with(changes: Partial<Pick<Scene, 'agreement' | 'participants' | 'pathway' | 'route' | 'today' | 'version' | 'others' | 'published' | 'persons' | 'riskSettings' | 'id' | 'offered' | 'arrival' | 'inUse' | 'publisher'>>): Scene {
    const { agreement, participants, pathway, route, today, version, others, published, persons, riskSettings, id: about, offered, arrival, inUse, publisher } = { ...this, ...changes };
    return new Scene(agreement, participants, pathway, route, today, version, others, published, persons, riskSettings, about, offered, arrival, inUse, publisher);
  }

  /** The world in which this person's stream says this too. */
  knowing(who: Who, changes: Partial<Person>): Scene {
    const known = this.persons[people[who]] ?? initialPerson;
    return this.with({ persons: { ...this.persons, [people[who]]: { ...known, ...changes } } });
  }

  /** The world in which the organisation asked these people (pseudonyms) before. */
  asked(...pseudonyms: readonly string[]): Scene {
    const known = pseudonyms.map((one) => [one, { ...(this.participants[one] ?? initialParticipant), known: true }] as const);
    return this.with({ participants: { ...this.participants, ...Object.fromEntries(known) } });
  }

  /** The world in which the organisation says this of risks. */
  holding(changes: Partial<RiskSettings>): Scene {
    return this.with({ riskSettings: { ...this.riskSettings, ...changes } });
  }

  on(today: CivilDate): Scene {
    return this.with({ today });
  }

  /** The same world with another agreement in it, under this id. */
  beside(other: string, agreement: Agreement): Scene {
    return this.with({ others: { ...this.others, [other]: agreementWith(agreement, { id: other }) } });
  }

  /** The same world where this agreement was not read. */
  without(other: string): Scene {
    const { [other]: _, ...others } = this.others;
    return this.with({ others });
  }

  /** The same world, now about another agreement in it. */
  inside(other: string): Scene {
    const { [other]: agreement = initialAgreement, ...others } = this.others;
    return this.with({ id: other, agreement, others: { ...others, [this.id]: this.agreement } });
  }

  /** The world in which another organisation offers this. */
  offering(offered: Offered): Scene {
    return this.with({ offered });
  }

  asking(...conditions: readonly Asked[]): Scene {
    const { raises } = this.pathway;
    return this.with({ pathway: { ...pathwayAsking(...conditions), ...(raises !== undefined && { raises }) } });
  }

  following(pathway: Pathway): Scene {
    return this.with({ pathway });
  }

  publishing(...published: readonly Pathway[]): Scene {
    return this.with({ published });
  }

  /** The same world where this person published the pathway it follows. */
  publishedBy(publisher: Who): Scene {
    return this.with({ publisher });
  }

  /** The same world on a day on which this version of a pathway or route, by its id, is the one in use. */
  inUseOf(document: string, inUse: InUse): Scene {
    return this.with({ inUse: new Map([...this.inUse, [document, inUse]]) });
  }

  /** The same world where this route as a whole is taken, and nothing of the one before. */
  byRoute(route: Route): Scene {
    return this.with({ route });
  }

  alongRoute(changes: Partial<Route>): Scene {
    return this.with({ route: { ...this.route, ...changes } });
  }

  /** `scopes`: what the key that somebody acts with is limited to. */
  context(who: Who = 'commissioner', scopes: readonly Right[] | 'all' = 'all'): Context {
    const actor: Actor =
      who === 'importer'
        ? { kind: 'system', name: 'import' }
        : { kind: 'person', person: people[who], grants: [], scopes };
    // A hash that nobody has to compute to read it: the text itself, told apart from other text.
    const sha256 = (text: string): string => `sha256(${text})`;
    return { at: `${this.today}T09:00:00.000000Z`, today: this.today, pathway: this.pathway, route: this.route, riskSettings: this.riskSettings, elections, successor, offered: this.offered, erased: erasedOf(this.participants), enders: this.others, holidays, published: (pathway, version) => this.published.find((one) => one.id === pathway && one.version === version), publisherOf: () => this.publisher && people[this.publisher], inUse: { pathway: (asked) => this.inUse.get(asked) ?? this.pathway, route: (asked) => this.inUse.get(asked) ?? this.route }, actor, sha256 };
  }

  /** What a command is decided on: of all that there is, what it rests on, and nobody else. */
  private states(command: AgreementCommandBody, { actor }: Context): States {
    const registeredProvider: Provider = { ...initialProvider, registered: true, name: 'Meals on Time' };
    const providers: Record<string, Provider> = { [provider]: registeredProvider, [otherProvider]: registeredProvider, ...Object.fromEntries(twins.map((one) => [one, { ...registeredProvider, identifiers: [{ scheme: 'GB-COH', id: '01234567' }] }])) };
    const rests = restsBesides(command) ?? (() => []);
    const read = (streams: readonly string[]): States => {
      const idsOf = (kind: string) => streams.filter((stream) => stream.startsWith(`${kind}-`)).map((stream) => stream.slice(kind.length + 1));
      const all = <S>(kind: string, of: (one: string) => S | undefined) => Object.fromEntries(idsOf(kind).map((one) => [one, of(one)] as const).filter((entry): entry is [string, S] => entry[1] !== undefined));
      const states: States = {
        agreement: this.agreement,
        arrival: idsOf('arrival').includes(this.id) ? this.arrival : initialArrival,
        others: all('agreement', (one) => this.others[one]),
        participants: all('participant', (one) => this.participants[one] ?? initialParticipant),
        persons: all('person', (one) => this.persons[one] ?? initialPerson),
        providers: all('provider', (one) => providers[one]),
      };
      const more = rests(states.agreement, states.persons, states.others).filter((stream) => !streams.includes(stream));
      return more.length > 0 ? read([...streams, ...more]) : states;
    };
    const streams = streamsOf(command, this.id, actor);
    const strange = streams.filter((stream) => !/^(agreement|arrival|participant|person|provider)-./.test(stream));
    if (strange.length > 0) throw new Error(`${command.name} rests on streams of no kind: ${strange.join(', ')}`);
    return read(streams);
  }

  /** The version of what is decided on now. */
  get decisionVersion(): string {
    return decisionVersion(this.agreement, this.context().sha256);
  }

  /** The version of this variation as it stands now; of one that is not proposed no version stands. */
  variationVersion(id: string): string {
    const variation = this.agreement.variations.find((one) => one.variation === id);
    return variation === undefined ? '' : variationVersion(this.agreement, variation, this.context().sha256);
  }

  /** The world after this event. */
  after(event: AgreementEvent, who: Who = 'commissioner'): Scene {
    const meta: EventMeta = { actor: people[who], command: 'spec', commandId: id(0), correlationId: id(0) };
    // Of its own stream, as every stream counts alone.
    const version = this.version + 1;
    const recorded = { ...event, recordedAt: `${this.today}T09:00:00.000000Z`, version, meta };
    if (event.stream.startsWith('participant-')) {
      const participant = event.stream.slice('participant-'.length);
      const before = this.participants[participant] ?? initialParticipant;
      return this.with({ participants: { ...this.participants, [participant]: participantFold.evolve(before, recorded as never) } });
    }
    if (event.stream.startsWith('arrival-')) return this.with({ arrival: arrivalFold.evolve(this.arrival, recorded as never) });
    const happening = recorded as { [T in AgreementEventType]: EventOf<T> }[AgreementEventType];
    const other = event.stream.slice('agreement-'.length);
    if (other !== this.id) return this.with({ others: { ...this.others, [other]: evolve(this.others[other] ?? initialAgreement, happening) } });
    return this.with({ version, agreement: evolve(this.agreement, happening) });
  }

  /** The world after these happenings of the agreement. */
  given(...happenings: readonly Happening[]): Scene {
    return happenings.reduce<Scene>(
      (scene, [type, data, who]) => scene.after({ stream: agreementStream(this.id), type, data } as AgreementEvent, who),
      this,
    );
  }

  /** What a command leads to here. Whatever is refused says what is missing and who supplies it: whoever reads it acts on that. */
  when<C extends CommandName>(name: C, body: Commands[C], who: Who = 'commissioner', scopes: readonly Right[] | 'all' = 'all'): Decision<AgreementEvent> {
    const command = { name, agreement: this.id, ...body } as unknown as AgreementCommandBody;
    const context = this.context(who, scopes);
    const decision = decide(this.states(command, context), command, context);
    const dumb = 'refused' in decision ? decision.refused.filter((refused) => !saysEnough(refused)) : [];
    if (dumb.length > 0) throw new Error(`${name} was refused without saying who supplies what: ${JSON.stringify(dumb, null, 2)}`);
    return decision;
  }

  /** What it leads to when somebody decides on a variation who has read it as it stands. */
  whenDecidingVariation(body: Unread, who: Who = 'commissioner'): Decision<AgreementEvent> {
    return this.when('decide-variation', this.read(body), who);
  }

  /** The world after that. */
  decidedVariation(body: Unread, who: Who = 'commissioner'): Scene {
    return this.agreedToVary(body, who).acceptedVariation(body.variation);
  }

  /** The same, before any provider accepted it. */
  agreedToVary(body: Unread, who: Who = 'commissioner'): Scene {
    return this.did('decide-variation', this.read(body), who);
  }

  /** The world after each provider to whom it is offered accepted it. */
  acceptedVariation(variation: string): Scene {
    const found = this.agreement.variations.find((one) => one.variation === variation);
    const still = found === undefined ? [] : stillToAccept(this.agreement, found);
    return still.reduce<Scene>((scene, asked) => scene.did('accept-variation', { variation, versionRead: found?.offer?.version ?? '' }, asked === provider ? 'signatory' : 'otherSignatory'), this);
  }

  private read(body: Unread): Commands['decide-variation'] {
    return { weighed: 'What people said.', ...body, versionRead: this.variationVersion(body.variation) };
  }

  /** The world after a command that must be accepted here. */
  did<C extends CommandName>(name: C, body: Commands[C], who: Who = 'commissioner'): Scene {
    const decision = this.when(name, body, who);
    if ('refused' in decision) throw new Error(`${name} was refused: ${JSON.stringify(decision.refused, null, 2)}`);
    return decision.accepted.reduce<Scene>((scene, event) => scene.after(event, who), this);
  }
}

/** What nobody can supply any more: it is so already, or it is over. */
const past: readonly string[] = ['already-so', 'agreement.cancelled', 'agreement.closed', 'agreement.split', 'agreement.transferred', 'dissent.on-record'];

function saysEnough({ code, missing }: Refusal): boolean {
  return past.includes(code) || (missing.length > 0 && missing.every(({ what, suppliedBy }) => Boolean(what) && Boolean(suppliedBy)));
}

const opening = { title: 'Lunch club', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: route.id }, raises: [] } as const;

/** An agreement the commissioner opened in winter, in the first stage. */
export const opened: Scene = Scene.empty.on('2026-01-01').did('open-agreement', opening).on('2026-06-01');
/** The same one stage on, before the gate whose conditions `asking` sets. */
export const inDesign: Scene = opened.did('request-gate', { stage: 'mandate' });

/** The same where the process is one that ends services. */
export const inEnding: Scene = inDesign.following({ ...inDesign.pathway, raises: ['ends-a-service'] });

/** An agreement in the stage `design` to which this happened. */
export function given(...happenings: readonly Happening[]): Scene {
  return inDesign.given(...happenings);
}

/** The codes of the refusals, in order; empty for a command that was accepted. */
export function refusals(decision: Decision<AgreementEvent>): readonly string[] {
  return 'refused' in decision ? decision.refused.map(({ code }) => code) : [];
}
