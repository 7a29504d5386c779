import { People, Providers, Vault } from '@concordat/access';
import { type Actor, may, type Person, type Role, type Scope } from '@concordat/access/core';
import { Agreements, commandInputs } from '@concordat/agreement';
import { type Agreement, comesAfter, type CommandName, initialAgreement, providersOfAward, type RiskSettings, scopeOn, shippedRiskSettings, withinSight } from '@concordat/agreement/core';
import { OwnPathways, pathways } from '@concordat/pathway';
import { Clock, concordatNamespace, isUuid, londonDay, newId, uuidv5 } from '@concordat/platform';
import { AgreementList } from '@concordat/register';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { followsIn, listsFor } from './form/choice-table.js';
import { type Lists, newcomer, type Option, participantsOf, type Scene, type Somebody } from './form/choices.js';
import { type Field, fieldsOf } from './form/field.js';
import type { Typed } from './form/read-form.js';
import { Frame } from './frame.js';
import { type Named, Names } from './names.js';
import { noSuchAgreement } from './sight.js';
import type { Reader } from './signed-in.js';
import { WordsAsked } from './words-asked.js';

type Body = Readonly<Record<string, unknown>>;

/** Everything one form needs: the command, the agreement it is about, who asks, and what was typed so far. */
export interface Desk {
  readonly command: CommandName;
  readonly reader: Reader;
  readonly version: number;
  /** All of the agreement: what they may do rests on more than they see. */
  readonly whole: Agreement;
  readonly scene: Scene & Lists;
  readonly typed: Typed;
  readonly fields: readonly Field[];
}

const mostListed = 200;

/** Roles of those a service is for, and of those who speak for them. */
const ofPeople: readonly Role[] = ['participant', 'representative', 'advocate'];

/** Lays out what a form of a command needs: the agreement, whom and what one can choose, what was typed. */
@Injectable()
export class FormDesk {
  constructor(
    private readonly frame: Frame,
    private readonly agreements: Agreements,
    private readonly names: Names,
    private readonly people: People,
    private readonly providers: Providers,
    private readonly list: AgreementList,
    private readonly ownPathways: OwnPathways,
    private readonly vault: Vault,
    private readonly wordsAsked: WordsAsked,
    private readonly clock: Clock,
  ) {}

  /** Reads all that the form needs, or sends whoever asks to sign in. */
  async sit(command: CommandName, id: string | undefined, typed: Typed, request: FastifyRequest, reply: FastifyReply): Promise<Desk | undefined> {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return undefined;
    const { tenant, actor } = reader.principal;
    const asked = typed['key'];
    const key = typeof asked === 'string' && isUuid(asked) ? asked : newId();
    const { agreement, whole, version, riskSettings, leavesPeople } = await this.about(command, id, tenant, actor, key);
    const { only, fields } = narrowed(command, typed);
    const [called, lists, words] = await Promise.all([this.named(tenant, agreement, reader, fields), this.looked(listsFor(command, fields), tenant, actor, agreement), this.wordsAsked.of(tenant, command, agreement, actor, this.today())]);
    const named = called.knowing(new Map([...words].map(([one, says]) => [one, says === '' ? called.of(one) : `${called.of(one)}: ${says}`])));
    const seen = Number(typed['version']);
    const scene: Scene & Lists = {
      agreement, riskSettings, actor, today: this.today(), named, key, leavesPeople, ...lists,
      chosen: (name) => {
        const value = typed[name];
        return typeof value === 'string' && value !== '' ? value : undefined;
      },
    };
    return { command, reader, version: Number.isInteger(seen) && seen > 0 ? seen : version, whole, scene, fields, typed: { ...stageMeant(command, agreement), ...typed, ...followsIn(command, scene), ...(only !== undefined && { only }) } };
  }

  /** What things are called on a form; whoever is chosen from and was erased is said to be. */
  private async named(tenant: string, agreement: Agreement, reader: Reader, fields: readonly Field[]): Promise<Named> {
    const [named, erased] = await Promise.all([this.names.for(tenant, agreement, reader.principal.id), asksForPeople(fields) ? this.vault.erased(tenant, participantsOf(agreement)) : []]);
    return named.knowing(new Map([...erased].map((id) => [id, `${named.of(id)} (erased at their wish)`])));
  }

  private async about(command: CommandName, id: string | undefined, tenant: string, actor: Actor, key: string): Promise<{ agreement: Agreement; whole: Agreement; version: number; riskSettings: RiskSettings; leavesPeople: boolean }> {
    // The id follows from the form's key, so that the same form sent again opens one agreement.
    if (id === undefined) {
      const agreement = { ...initialAgreement, id: uuidv5(concordatNamespace, `${tenant}/agreement/${key}`) };
      return { agreement, whole: agreement, version: 0, riskSettings: shippedRiskSettings, leavesPeople: false };
    }
    const found = isUuid(id) ? await this.agreements.see(tenant, id, actor, this.today()) : undefined;
    if (found === undefined || command === 'open-agreement') throw noSuchAgreement();
    const { sight } = found;
    return { ...found, agreement: withinSight(found.agreement, sight, actor), whole: found.agreement, leavesPeople: sight.sees === 'people' && !sight.forOthers };
  }

  /** The lists a form chooses from; those it does not are left empty. */
  private async looked(wanted: ReadonlySet<keyof Lists>, tenant: string, actor: Actor, agreement: Agreement): Promise<Lists> {
    const within = <L extends keyof Lists>(list: L, look: () => Promise<Lists[L]>): Promise<Lists[L] | readonly []> => (wanted.has(list) ? look() : Promise.resolve([]));
    const [people, deliverers, providers, published, standsInFor, others, linked] = await Promise.all([
      within('people', () => this.staff(tenant)),
      within('deliverers', () => this.deliverers(tenant, agreement)),
      within('providers', () => this.listedProviders(tenant)),
      within('published', () => this.ownPathways.learn(tenant).then(() => pathways.allInUseFor(tenant, this.today()))),
      within('standsInFor', () => this.people.inWhosePlace(tenant, actor, this.today())),
      within('others', () => this.otherAgreements(tenant, actor, agreement.id)),
      within('linked', () => this.linkedAgreements(tenant, actor, agreement)),
    ]);
    return { people, deliverers, providers, published, standsInFor, others, linked };
  }

  private async staff(tenant: string): Promise<readonly Somebody[]> {
    return this.working(tenant, ({ memberOf }) => memberOf?.kind === 'organisation');
  }

  private async deliverers(tenant: string, { award }: Agreement): Promise<readonly Somebody[]> {
    const providing = providersOfAward(award);
    const called = new Map((await this.listedProviders(tenant)).map(({ value, text }) => [value, text]));
    const of = ({ memberOf }: Person) => (memberOf?.kind === 'provider' && providing.includes(memberOf.provider) ? memberOf.provider : undefined);
    return this.working(tenant, (person) => of(person) !== undefined, (name, person) => `${name}, ${called.get(of(person) ?? '')}`);
  }

  private async working(tenant: string, which: (person: Person) => boolean, text: (name: string, person: Person) => string = (name) => name): Promise<readonly Somebody[]> {
    const people = await this.people.list(tenant, { limit: mostListed, sees: ({ person }) => !person.disabled && which(person) });
    return people
      .map(({ id, name, person }) => ({ value: id, text: text(name, person), person }))
      .sort((a, b) => a.text.localeCompare(b.text, 'en-GB'));
  }

  private async listedProviders(tenant: string): Promise<readonly Option[]> {
    const providers = await this.providers.list(tenant, { limit: mostListed });
    return providers.map(({ id, name }) => ({ value: id, text: name }));
  }

  private async otherAgreements(tenant: string, actor: Actor, own: string): Promise<readonly Option[]> {
    const { rows } = await this.list.page(tenant, await this.agreements.reach(tenant, actor, 'agreement.read', this.today()), {}, { limit: mostListed });
    return rows.filter(({ id }) => id !== own).map(({ id, title }) => ({ value: id, text: title }));
  }

  private async linkedAgreements(tenant: string, actor: Actor, agreement: Agreement): Promise<readonly Option[]> {
    const seen = await this.agreements.seeAll(tenant, [...new Set(comesAfter(agreement))], actor, this.today());
    return [...seen].map(([id, { agreement: { title } }]) => ({ value: id, text: title }));
  }

  /**
   * Who holds each role, by name, as refusals call it: to the house, and to nobody else. Who takes part or speaks for others is named to
   * those alone who look after people, for whatever others know of them is a pseudonym.
   */
  async holders(tenant: string, actor: Actor, agreement: Agreement): Promise<ReadonlyMap<string, string>> {
    return this.holdersFor(tenant, actor, scopeOn(agreement, this.today()));
  }

  /** The same about the whole organisation, to those who may read all of it. */
  async holdersFor(tenant: string, actor: Actor, scope: Scope = {}): Promise<ReadonlyMap<string, string>> {
    const today = this.today();
    if (!may(actor, 'agreement.read', scope, today)) return new Map();
    const knowsThem = may(actor, 'involvement.manage', scope, today) || may(actor, 'people.manage', scope, today);
    const people = await this.people.list(tenant, { limit: mostListed });
    const holders = new Map<string, string[]>();
    for (const { name, person } of people) {
      if (person.disabled) continue;
      for (const { role, discipline } of person.grants) {
        if (!knowsThem && ofPeople.includes(role)) continue;
        for (const called of [role, ...(discipline === undefined ? [] : [`${role}:${discipline}`])]) holders.set(called, [...(holders.get(called) ?? []), name]);
      }
    }
    return new Map([...holders].map(([role, names]) => [role, names.length > 3 ? `${names.slice(0, 3).join(', ')} and others` : names.join(', ')]));
  }

  private today(): string {
    return londonDay(this.clock.now());
  }
}

const asksForPeople = (fields: readonly Field[]): boolean =>
  fields.some((field) => /(^|\.)(participants?|author|spokenBy|dissenter|onBehalfOf|evaluators?|member)$/.test(field.name) || ('fields' in field && asksForPeople(field.fields)));

// What is planned is mostly planned for the stage the agreement stands in.
function stageMeant(command: CommandName, { stage }: Agreement): Typed {
  return command === 'plan-activity' || command === 'plan-involvement' || command === 'record-nobody-wished' ? { stage } : {};
}

/** The texts a form or an address carried. */
export function typedIn(body: Body | undefined): Typed {
  const isTyped = (value: unknown): value is string | string[] => typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
  return Object.fromEntries(Object.entries(body ?? {}).flatMap(([name, value]) => (isTyped(value) ? [[name, value]] : [])));
}

/** With `?facts=dpia,eqia` (later: the hidden `only`) a form of facts asks for these alone. */
function narrowed(command: CommandName, typed: Typed): { only: string | undefined; fields: readonly Field[] } {
  const fields = fieldsOf(commandInputs[command]);
  const asked = typed['only'] ?? typed['facts'];
  if (command !== 'amend-facts') return { only: undefined, fields };
  const only = typeof asked === 'string' && asked !== '' ? asked : undefined;
  const names = only?.split(',').map((name) => `facts.${name}`);
  // The day a notice was published starts a clock, and another command records it.
  const isAsked = ({ name }: Field) => (names?.includes(name) ?? true) && name !== 'facts.award-notice-published';
  return { only, fields: fields.map((field) => (field.is === 'group' ? { ...field, fields: field.fields.filter(isAsked) } : field)) };
}

/** Ids for those who are new here, so many as were asked for. */
export function withNewcomers(typed: Typed, fields: readonly Field[], key: string): Typed {
  const lists = fields.filter(({ is }) => is === 'ids');
  return lists.reduce<Typed>((all, { name }) => {
    const count = Math.min(1_000, Math.max(0, Math.floor(Number(all[`new:${name}`] ?? 0)) || 0));
    if (count === 0) return all;
    const before = all[name] ?? [];
    return { ...all, [name]: [...(typeof before === 'string' ? [before] : before), ...Array.from({ length: count }, (_, at) => newcomer(key, at + 1))] };
  }, typed);
}

