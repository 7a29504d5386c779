import { PersonNames, Providers, Wordings } from '@concordat/access';
import { shippedWording, type Wording } from '@concordat/access/core';
import { type Agreement, awardNotice, contributionOf, groundsOf, type PublicationOf } from '@concordat/agreement/core';
import { pathways, routes } from '@concordat/pathway';
import { conditionsFor, type Discipline, disciplineTitles } from '@concordat/pathway/core';
import { Injectable } from '@nestjs/common';
import { codeOf, dayOf, inDays, labelOf, moneyOf, roleOf, upper } from './words/say.js';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const uuidAlone = new RegExp(`^${uuid.source}$`);
// As a sentence of the core speaks of them. A code of one word reads as it is.
const groupOrVoice = /\b(of|for|that|Where) (service-users|provider-staff|(?:user-led|carer-led|community|staff)-body|elected-member|senior-responsible-owner)\b/g;
const ofTheService = new RegExp(shippedWording.serviceUsers, 'gi');
// Not the end of a longer number, such as that of an OCDS process.
const streamOrId = new RegExp(`(?<![0-9a-z]-?)(?:person-|provider-|participant-|agreement-)?${uuid.source}`, 'g');

const ofPeople = /^(participants?|authors?|person|dissenter|spokenBy|evaluators?|onBehalfOf|members?|owner|chair|requestedBy|secondPerson|lead|sponsor|by|viewer)$/;

/** What is to go out, in words. */
export function publicationCalled({ route }: Agreement, of: PublicationOf): string {
  if (of.is === 'you-said-we-did') return '“You said, we did”';
  const title = routes.find(route.id, route.version)?.notices.find(({ code }) => code === of.notice)?.title;
  return of.notice === awardNotice ? 'the data of the award notice' : `the data of ${title ?? 'a notice'} (${of.notice})`;
}

/** What the ids on a page are called, and those who use a service: each organisation says so in its own words. */
export class Named {
  constructor(
    private readonly agreement: Agreement | undefined,
    private readonly known: ReadonlyMap<string, string>,
    /** Takes the ids that nothing here names. */
    private readonly unknown = new Set<string>(),
    private readonly wording: Wording = shippedWording,
  ) {}

  /** A code or a number of a scale in words. */
  code(value: string | number, path = ''): string {
    return value === 'service-users' ? upper(this.wording.serviceUsers) : codeOf(value, path);
  }

  /** A group within a sentence. */
  group(code: string): string {
    return code === 'service-users' ? this.wording.serviceUsers : codeOf(code).toLowerCase();
  }

  /** A role, or a group that is asked, as “from …” takes it. */
  role(role: string): string {
    return role === 'service-users' ? this.wording.serviceUsers : roleOf(role);
  }

  /** The name behind an id; someone who took part is called by the end of their pseudonym. */
  of(id: string): string {
    if (id.startsWith('system:')) return `the system (${id.slice('system:'.length)})`;
    const now = this.calledNow(id);
    if (now !== undefined) return this.of(now);
    const name = this.known.get(id) ?? this.inAgreement(id);
    if (name !== undefined || !id.match(uuid)) return name ?? id;
    this.unknown.add(id);
    return `person ${id.slice(-4)}`;
  }

  /** Is this the id of something that has a name here? */
  knows(id: string): boolean {
    const now = this.calledNow(id) ?? id;
    return (this.known.get(now) ?? this.inAgreement(now)) !== undefined;
  }

  /** Is this the id of a variation? What is asked of it, such as what became of a call-in, stands where it was proposed. */
  isVariation(id: string): boolean {
    return this.agreement?.variations.some(({ variation }) => variation === id) === true;
  }

  /** Is this the id of something that has no name here, such as another agreement? Only people are called by the end of theirs. */
  isUnnamed(name: string, value: unknown): boolean {
    return typeof value === 'string' && uuidAlone.test(value) && !ofPeople.test(name) && !this.knows(value);
  }

  /** A fixed sentence of ours, in which those who use a service are called as the organisation calls them. Never what somebody wrote. */
  readonly fixed = (sentence: string): string => sentence.replaceAll(ofTheService, (said) => (said.startsWith('P') ? upper(this.wording.serviceUsers) : this.wording.serviceUsers));

  /** What the gate of that stage asks by this code. */
  condition(code: string, stage: string): string {
    return this.fixed(conditionSaid(this.agreement, code, stage));
  }

  /** The same with the names behind further ids. */
  knowing(more: ReadonlyMap<string, string>): Named {
    return new Named(this.agreement, new Map([...this.known, ...more]), this.unknown, this.wording);
  }

  /** A text with every id in it replaced by its name, every stage by its title, and those who use a service called so. */
  readonly in = (text: string): string => this.withGroups(this.withStages(text)).replaceAll(streamOrId, (id) => this.of(id.replace(/^[a-z]+-(?=[0-9a-f]{8}-)/, '')));

  /** What a refusal says, with its days, codes and disciplines in words. */
  readonly asked = (asks: string): string =>
    inDays(this.fixed(this.in(asks)))
      .replace(/\b(waiver of|condition for) ([a-z-]+\.[a-z-]+)/, (_, lead: string, code: string) => `${lead} “${this.condition(code, this.agreement?.stage ?? '').replace(/\.$/, '')}”`)
      .replace(/\b(approval|acceptance) of ([a-z-]+)/, (_, kind: string, discipline: string) => `${kind} of ${disciplineTitles[discipline as Discipline] ?? discipline}`)
      .replace(/: ([a-z]+(?:-[a-z]+)+)\.$/, (_, code: string) => `: ${codeOf(code).toLowerCase()}.`);

  /** Any value of a command or an event as text. */
  said(value: unknown, path = ''): string {
    if (value === null || value === undefined) return 'none';
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    if (typeof value === 'number') return /(^|\.)(say|do)$/.test(path) ? codeOf(value, path) : value.toLocaleString('en-GB');
    if (typeof value === 'string') return this.text(value, path);
    if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((one) => this.said(one, path)).join('; ');
    const object = value as Readonly<Record<string, unknown>>;
    if ('sealed' in object && 'subject' in object) return 'words kept under the key of whoever said them';
    if (typeof object['amount'] === 'string' && typeof object['currency'] === 'string') return moneyOf(object as { amount: string; currency: string });
    if (typeof object['likelihood'] === 'number' && typeof object['impact'] === 'number') return `likelihood ${object['likelihood']} × impact ${object['impact']}`;
    if (typeof object['id'] === 'string' && typeof object['version'] === 'number') return `${documentTitle(path, object['id'], object['version'])}, version ${object['version']}`;
    if (typeof object['title'] === 'string' && typeof object['reference'] === 'string') return `${object['title']} (${object['reference']})`;
    // An organisation.
    if (typeof object['tenant'] === 'string' && typeof object['name'] === 'string') return object['name'];
    const { is, ...more } = object;
    if (is === 'granted' && Array.isArray(object['conditions']) && object['conditions'].length === 0) return 'Granted';
    if (typeof object['startsOn'] === 'string' && typeof object['endsOn'] === 'string' && Object.keys(object).length === 2) return `${dayOf(object['startsOn'])} to ${dayOf(object['endsOn'])}`;
    if (typeof is === 'string') return [this.code(is, `${path}.is`), ...(Object.keys(more).length === 0 ? [] : [this.said(more, path)])].join('; ');
    const told = Object.entries(object).filter(([, member]) => !this.saysAgain(member, object));
    const called = told.filter(([name, member]) => !this.isUnnamed(name, member));
    return (called.length > 0 ? called : told).map(([name, member]) => `${labelOf(undefined, `${path}.${name}`)}: ${this.said(member, `${path}.${name}`)}`).join('; ');
  }

  /** What a sign-off was granted on, by its number, counted from 1. */
  signOffCondition({ signOff }: { readonly signOff: string }, number: number): string {
    const answer = this.agreement?.signOffs.find(({ id }) => id === signOff)?.answer;
    return (answer?.is === 'granted' ? answer.conditions[number - 1]?.what : undefined) ?? `number ${number}`;
  }

  /** A sentence of the core with the stages it speaks of by their titles. */
  private withStages(text: string): string {
    return text.replaceAll(/\b(the stage|a stage before|involvement in|take part in|that of) ([a-z][a-z0-9-]*)\b/g, (all, lead: string, id: string) =>
      hasStage(this.agreement, id) ? `${lead === 'the stage' ? '' : `${lead} `}“${stageTitle(this.agreement, id)}”` : all,
    );
  }

  /** A sentence of the core with those it speaks of, or who speak themselves, called as the organisation calls them. */
  private withGroups(text: string): string {
    return text.replaceAll(groupOrVoice, (_, lead: string, code: string) => `${lead} ${this.group(code)}`);
  }

  /** The id of what the rest of its object names. */
  private saysAgain(member: unknown, { what, title }: Readonly<Record<string, unknown>>): boolean {
    return typeof member === 'string' && uuidAlone.test(member) && this.of(member) === `“${String(what ?? title)}”`;
  }

  private text(value: string, path: string): string {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dayOf(value);
    if (/^[0-9a-f]{64}$/.test(value)) return `what stood at that moment (version ${value.slice(0, 8)})`;
    if (value.match(uuid)) return this.in(value);
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (name === 'ground') return groundNamed(this.agreement, value) ?? codeOf(value, path);
    if (/^(stage|stages|undone|proves)$/.test(name) || (name === 'from' && hasStage(this.agreement, value))) return stageTitle(this.agreement, value);
    if (/^(kind|tier|mode|right|ledBy|outcome|is|group|of|form|view|interest|onRecord|answer|offered|raises|role|visitors|discipline|bearers|gains|finding|harm|prompt|band|to|as|conditions)$/.test(name) && /^[a-z-]+$/.test(value)) return this.code(value, path);
    // A code of several words, which nobody types so.
    return /^[a-z]+(-[a-z]+)+$/.test(value) ? this.code(value, path) : value;
  }

  /** Of a provider that came along from another organisation under another id, the one it has here. */
  private calledNow(id: string): string | undefined {
    return this.agreement?.transfer.came.flatMap(({ renames }) => renames).find(({ from }) => from === id)?.to;
  }

  private inAgreement(id: string): string | undefined {
    const { agreement } = this;
    if (agreement === undefined) return undefined;
    if (agreement.id === id) return agreement.title;
    const { involvement, contributions, commitments, carried, risk, statements, signOffs, activitiesOfPeople, waivers, gateConditions } = agreement;
    const titled = [...involvement.activities, ...contributions.themes, ...carried, ...risk, ...agreement.opportunities, ...agreement.controls].find((one) => one.id === id);
    if (titled !== undefined) return `“${titled.title}”`;
    const existing = activitiesOfPeople.find(({ activity }) => activity === id);
    if (existing !== undefined) return `what ${existing.group} do`;
    const said = contributionOf(agreement, id);
    if (said !== undefined) return `what ${this.of(said.author)} said on ${dayOf(said.givenOn)}`;
    const promised = commitments.find((one) => one.id === id);
    if (promised !== undefined) return `“${promised.what}”`;
    const concern = contributions.concerns.find((one) => one.id === id);
    if (concern !== undefined) return `${codeOf(concern.kind).replace(/^A/, 'a')} of ${dayOf(concern.raisedOn)}`;
    const statement = statements.find((one) => one.id === id);
    if (statement !== undefined) return `the view of ${this.group(statement.group)} asked on ${dayOf(statement.askedOn[0] ?? '')}`;
    const signOff = signOffs.find((one) => one.id === id);
    if (signOff !== undefined) return `${signOff.kind} of ${codeOf(signOff.discipline, 'discipline').toLowerCase()}`;
    const invitation = involvement.invitations.find((one) => one.id === id);
    if (invitation !== undefined) return `the invitation of ${this.of(invitation.participant)} to ${this.of(invitation.activity)}`;
    const pack = agreement.information.find((one) => one.id === id);
    if (pack !== undefined) return `“${pack.title}”`;
    const offer = agreement.payments.find((one) => one.id === id);
    if (offer !== undefined) return `the offer of ${moneyOf(offer.amount)} to ${this.of(offer.participant)}`;
    const before = agreement.carriedOver.find((one) => one.id === id);
    if (before !== undefined) return `what people gave elsewhere by ${dayOf(before.heldOn)}`;
    const dissent = agreement.dissents.dissents.find((one) => one.id === id);
    if (dissent !== undefined) return `the dissent of ${this.of(dissent.dissenter)}`;
    const incident = agreement.incidents.find((one) => one.id === id);
    if (incident !== undefined) return `the incident of ${dayOf(incident.on)}`;
    const panel = agreement.riskPanels.panels.find((one) => one.id === id);
    if (panel !== undefined) return `the panel convened on ${dayOf(panel.on)}`;
    const advice = agreement.riskPanels.advice.find((one) => one.id === id);
    if (advice !== undefined) return `the panel’s advice of ${dayOf(advice.on)}`;
    const { kpis, delivery, reviews, variations, outcomes, value, consultations, challenges, providerConcerns } = agreement;
    const measured = kpis.kpis.find(({ kpi }) => kpi === id) ?? agreement.options.find(({ option }) => option === id) ?? agreement.evaluation.criteria.find(({ criterion }) => criterion === id) ?? outcomes.find(({ outcome }) => outcome === id);
    if (measured !== undefined) return `“${measured.title}”`;
    const agreed = [...delivery.obligations, ...delivery.withdrawn].find(({ obligation }) => obligation === id) ?? reviews.actions.find(({ action }) => action === id) ?? variations.find(({ variation }) => variation === id) ?? value.benefits.find(({ benefit }) => benefit === id);
    if (agreed !== undefined) return `“${agreed.what}”`;
    const figure = kpis.findings.find(({ finding }) => finding === id) ?? kpis.observations.find(({ observation }) => observation === id);
    if (figure !== undefined) return `the figure for ${dayOf(figure.period.startsOn)} to ${dayOf(figure.period.endsOn)}`;
    const spent = value.costs.find(({ cost }) => cost === id) ?? delivery.cycles.find(({ cycle }) => cycle === id);
    if (spent !== undefined) return `${dayOf(spent.period.startsOn)} to ${dayOf(spent.period.endsOn)}`;
    const meeting = reviews.meetings.find((one) => one.meeting === id);
    if (meeting !== undefined) return `the meeting of ${dayOf(meeting.on)}`;
    const consulted = consultations.find(({ consultation }) => consultation === id);
    if (consulted !== undefined) return `the consultation from ${dayOf(consulted.opensOn)}`;
    const publication = agreement.publications.find((one) => one.publication === id);
    if (publication !== undefined) return publicationCalled(agreement, publication.of);
    const partner = agreement.partners.findLast((one) => one.partner === id);
    if (partner !== undefined) return partner.title;
    if (challenges.some(({ challenge }) => challenge === id)) return 'the challenge';
    if (providerConcerns.some(({ concern: raised }) => raised === id)) return 'the provider’s concern';
    const step = outcomes.flatMap(({ links }) => links).find(({ link }) => link === id);
    if (step !== undefined) return `“${step.indicator}”`;
    const shown = agreement.expiries.find(({ expiry }) => expiry === id);
    if (shown !== undefined) return `“${shown.document.title}”`;
    const visited = agreement.qualityVisits.find(({ visit }) => visit === id);
    if (visited !== undefined) return `the visit of ${dayOf(visited.on)}`;
    const better = agreement.qualityVisits.flatMap(({ improvements }) => improvements).find(({ improvement }) => improvement === id);
    if (better !== undefined) return `“${better.what}”`;
    const paid = agreement.funding.rates.find(({ rate }) => rate === id);
    if (paid !== undefined) return `“${paid.what}”`;
    const put = agreement.funding.committed.find(({ funding }) => funding === id);
    if (put !== undefined) return `what ${put.funder} commits for ${put.year}`;
    const payment = agreement.funding.spent.find(({ spend }) => spend === id);
    if (payment !== undefined) return `the payment of ${dayOf(payment.on)}`;
    const condition = gateConditions.find((one) => one.id === id);
    if (condition !== undefined) return `“${condition.what}”`;
    if (waivers.some((one) => one.id === id)) return 'the waiver';
    return routes.find(agreement.route.id, agreement.route.version)?.notices.find(({ code }) => code === id)?.title;
  }
}

/** Finds the names of people and providers behind the ids that stand in some value, and how the organisation speaks. */
@Injectable()
export class Names {
  constructor(
    private readonly people: PersonNames,
    private readonly providers: Providers,
    private readonly wordings: Wordings,
  ) {}

  async for(tenant: string, agreement: Agreement | undefined, ...more: readonly unknown[]): Promise<Named> {
    const [known, wording] = await Promise.all([this.known(tenant, [...new Set(JSON.stringify([agreement, more]).match(uuid) ?? [])]), this.wordings.of(tenant)]);
    return new Named(agreement, known, undefined, wording);
  }

  /** The same names with those of the ids in further values: how the organisation speaks is read once a request. */
  async more(tenant: string, named: Named, ...values: readonly unknown[]): Promise<Named> {
    return named.knowing(await this.known(tenant, [...new Set(JSON.stringify(values).match(uuid) ?? [])]));
  }

  /** What `say` says of several agreements. It is asked twice: the names it lacked at first are looked up, and no others. */
  async saying<T>(tenant: string, agreements: readonly Agreement[], say: (named: ReadonlyMap<string, Named>) => T): Promise<T> {
    const unknown = new Set<string>();
    const wording = await this.wordings.of(tenant);
    const naming = (known: ReadonlyMap<string, string>) => say(new Map(agreements.map((agreement) => [agreement.id, new Named(agreement, known, unknown, wording)])));
    const said = naming(new Map());
    return unknown.size === 0 ? said : naming(await this.known(tenant, [...unknown]));
  }

  private async known(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const [people, providers] = await Promise.all([this.people.of(tenant, ids), this.providers.of(tenant, ids)]);
    return new Map([...[...people].map(([id, { name }]) => [id, name] as const), ...[...providers].map(([id, { name }]) => [id, name] as const)]);
  }
}

/** The title of a stage of the agreement's pathway. */
export function stageTitle(agreement: Agreement | undefined, stage: string): string {
  return stageOf(agreement, stage)?.title ?? upper(stage);
}

const hasStage = (agreement: Agreement | undefined, stage: string): boolean => stageOf(agreement, stage) !== undefined;

function stageOf(agreement: Agreement | undefined, stage: string) {
  return agreement && pathways.find(agreement.pathway.id, agreement.pathway.version)?.stages.find(({ id }) => id === stage);
}

/** The title of a pathway as a list names it, `id@version`. */
export function pathwayTitle(pathway: string): string {
  const [id = '', version = '1'] = pathway.split('@');
  return pathways.find(id, Number(version))?.title ?? id;
}

/** The title of a stage of a pathway as a list names it, `id@version`. */
export function stageTitleOf(pathway: string, stage: string): string {
  const [id = '', version = '1'] = pathway.split('@');
  return pathways.find(id, Number(version))?.stages.find((one) => one.id === stage)?.title ?? upper(stage);
}

/** What the gate of that stage asks by this code, in words; where it asks it no more, the code as words. */
export function conditionSaid(agreement: Agreement | undefined, condition: string, stage: string): string {
  const pathway = agreement && pathways.find(agreement.pathway.id, agreement.pathway.version);
  const route = agreement && routes.find(agreement.route.id, agreement.route.version);
  const asked = agreement && pathway && route && hasStage(agreement, stage) ? conditionsFor(pathway, route, stage, agreement.tier).find(({ code }) => code === condition) : undefined;
  return asked === undefined ? `${upper(condition.replaceAll(/[.-]/g, ' '))}.` : asked.asks;
}

/** A ground of urgency, or for a route, in the words of the law; undefined for one that is none of them. */
function groundNamed(agreement: Agreement | undefined, ground: string): string | undefined {
  const pathway = agreement && pathways.find(agreement.pathway.id, agreement.pathway.version);
  const route = agreement && routes.find(agreement.route.id, agreement.route.version);
  const known = pathway && route ? [...groundsOf({ pathway, route }), ...(route.grounds ?? [])] : [];
  return known.find(({ id }) => id === ground)?.says;
}

/** On which ground an agreement chose its route, in the words of the route; undefined where it named none. */
export function groundSaid({ route, routeChoice }: Pick<Agreement, 'route' | 'routeChoice'>): string | undefined {
  return routes.find(route.id, route.version)?.grounds?.find(({ id }) => id === routeChoice?.ground)?.says;
}

const documentTitle = (path: string, id: string, version: number): string => (/(^|\.)route$/.test(path) ? routeTitle(id, version) : pathwayTitle(`${id}@${version}`));

/** The title of a route. */
export function routeTitle(id: string, version?: number): string {
  return routes.find(id, version)?.title ?? id;
}
