import type { Actor, Person, Provider } from '@concordat/access/core';
import type { Decision } from '@concordat/journal/core';
import type { ConditionCode, ConditionParameters, HolidayCalendar, InUse, Pathway, Route } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { AgreementEvent, EventOf, EventType } from './event.js';
import type { CommandName, CommandOf } from './command.js';
import type { Agreement } from './agreement.js';
import type { Arrival } from './arrival.js';
import type { ElectionTime } from './publication.js';
import type { Offered, OrganisationNamed } from './transfer.js';
import type { RiskSettings } from './risk-matrix.js';
import type { Participant } from './participant.js';
import type { Missing } from '@concordat/journal/core';

/** All a decision may know besides the streams. Made at the edge, so that the core learns nothing by itself. */
export interface Context {
  /** The moment of the command, ISO 8601 in UTC. */
  readonly at: string;
  /** The civil day in Europe/London. */
  readonly today: CivilDate;
  readonly pathway: Pathway;
  readonly route: Route;
  /** Any version of a pathway that is published; none ever changes. */
  readonly published: (id: string, version: number) => Pathway | undefined;
  /** Who published a version that is an organisation's own; undefined of what ships. */
  readonly publisherOf: (pathway: Pick<Pathway, 'id' | 'version'>) => string | undefined;
  /** The version of a pathway, and of a route, that new agreements begin on today; undefined of an id that is not published. */
  readonly inUse: { readonly pathway: (id: string) => InUse | undefined; readonly route: (id: string) => InUse | undefined };
  readonly holidays: HolidayCalendar;
  /** What the organisation says of risks: its matrix, domains, appetites, and who must see what. */
  readonly riskSettings: RiskSettings;
  /** The times before elections in which the organisation holds back what it publishes; filled for the command that asks for them. */
  readonly elections: readonly ElectionTime[];
  /** The organisation that a command names as the successor; filled for the command that names one. */
  readonly successor: OrganisationNamed | 'itself' | undefined;
  /** What another organisation offers of the agreement a command is about; filled for the command that accepts it. */
  readonly offered: Offered | undefined;
  /** Who was erased at their wish of those whom the gate asks about, by pseudonym; filled where a gate is looked at. */
  readonly erased: ReadonlySet<string>;
  /** The agreements that end this one, and the one that it extends or varies, by id; filled where a gate is looked at. */
  readonly enders: States['others'];
  readonly actor: Actor;
  /** SHA-256 of UTF-8 text, lower-case hex. */
  readonly sha256: (text: string) => string;
}

/** The streams a command was decided on: the agreement, and the people it touches, by id. */
export interface States {
  readonly agreement: Agreement;
  /** Whether it is on its way here from another organisation. */
  readonly arrival: Arrival;
  /** Other agreements that the command names, by id. */
  readonly others: Readonly<Record<string, Agreement>>;
  readonly participants: Readonly<Record<string, Participant>>;
  readonly persons: Readonly<Record<string, Person>>;
  readonly providers: Readonly<Record<string, Provider>>;
}

/** Decides one command: the events it leads to, or every refusal at once. Pure. */
export type Decide<C extends CommandName> = (states: States, command: CommandOf<C>, context: Context) => Decision<AgreementEvent>;

/** Folds one event into the agreement. Total: a replay of any prefix never throws. */
export type Evolve<T extends EventType> = (agreement: Agreement, event: EventOf<T>) => Agreement;

/** What is missing for a condition to be met; an empty list means it is met. */
export type Condition<C extends ConditionCode> = (
  agreement: Agreement,
  parameters: ConditionParameters[C],
  context: Context,
) => readonly Missing[];

/** Every condition a gate may ask, by code. */
export type Conditions = { readonly [C in ConditionCode]: Condition<C> };
