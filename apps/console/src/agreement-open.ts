import { People } from '@concordat/access';
import { actorName } from '@concordat/access/core';
import { Agreements, type AgreementSeen } from '@concordat/agreement';
import { type Agreement, type CommandName, isReadBy, type Sight } from '@concordat/agreement/core';
import { Clock, isUuid, londonDay, Problem } from '@concordat/platform';
import { addDays, isRecordableDate } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { endShown } from './agreement-shown.js';
import { Frame } from './frame.js';
import { groundSaid, Named, Names, pathwayTitle, routeTitle, stageTitle } from './names.js';
import { type Form, formIn, noSuchAgreement, type Offers, offersOf } from './sight.js';
import type { Reader } from './signed-in.js';
import { happeningShown } from './outlook.js';
import { commandWords } from './words/en.js';
import { codeOf, dayOf, moneyOf } from './words/say.js';

/** What every page of an agreement may be asked: what was just done, and as of which day it is looked at. */
export interface AgreementQuery {
  /** The versions of the events that were just recorded, `12-14`. */
  readonly did?: string | undefined;
  /** The command that just recorded something about somebody who takes part, which is no event of the agreement. */
  readonly done?: string | undefined;
  /** A civil day: the agreement as it stood at its end. */
  readonly on?: string | undefined;
}

/** An agreement as somebody has it open. */
export interface OpenAgreement extends AgreementSeen {
  readonly reader: Reader;
  readonly named: Named;
  readonly today: string;
  readonly offers: Offers;
  readonly form: Form;
  /** The day it is looked at, unless that is now. */
  readonly on: string | undefined;
  /** What the head of every page of it says. */
  readonly head: object;
}

const tabs = [
  { text: 'Overview', path: '' },
  { text: 'Pathway', path: '/pathway' },
  { text: 'Involvement', path: '/involvement' },
  // What its parties and people who take part see of it.
  { text: 'Involvement', path: '/people' },
  { text: 'You said, we did', path: '/you-said-we-did' },
  { text: 'Risk', path: '/risk' },
  { text: 'Sign-offs', path: '/sign-offs' },
  { text: 'Decision and award', path: '/award' },
  { text: 'Provider', path: '/delivery' },
  { text: 'Outcomes and value', path: '/value' },
  { text: 'Related', path: '/tree' },
  { text: 'History', path: '/history' },
] as const;
/** The part of an agreement a page shows, as its address ends; a statement has a page of its own, which no tab leads to. */
export type Tab = (typeof tabs)[number]['path'] | '/statements';
/** What has no tab of its own for whoever sees all of it, because it stands beside the rest there. */
const besideInvolvement: readonly Tab[] = ['/people', '/you-said-we-did'];

const aboutSomebody = ['erase-participant', 'choose-ask-budget', 'choose-interests', 'record-benefits-advice'] as const satisfies readonly CommandName[];

function seenBy(sight: Sight, tab: Tab): boolean {
  switch (sight.sees) {
    case 'all':
      return true;
    case 'people':
      return tab === '' || tab === '/people' || tab === '/you-said-we-did' || tab === '/statements';
    case 'party':
      return tab === '' || tab === '/people' || (tab === '/delivery' && isReadBy('delivery', sight.role));
  }
}

/** Opens agreements for pages: whoever is not signed in is sent to do so, and what one may not see is not there. */
@Injectable()
export class AgreementDoor {
  constructor(
    private readonly frame: Frame,
    private readonly agreements: Agreements,
    private readonly names: Names,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  /**
   * Undefined where whoever asks was sent to sign in, or on: people who take part are told by mail and in their work where the house finds what
   * they are asked, and find it on the overview. @throws Problem 404.
   */
  async open(id: string, tab: Tab, query: AgreementQuery, request: FastifyRequest, reply: FastifyReply): Promise<OpenAgreement | undefined> {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return undefined;
    const { tenant, actor } = reader.principal;
    const today = londonDay(this.clock.now());
    const on = query.on !== undefined && query.on !== '' && query.on !== today ? query.on : undefined;
    if (on !== undefined && !isRecordableDate(on)) {
      throw new Problem({ status: 400, code: 'day.unreadable', title: 'This is no day of the calendar', detail: 'Choose the day again, under “As it stood on a day” on the overview.' });
    }
    const found = isUuid(id) ? await this.agreements.see(tenant, id, actor, today, on === undefined ? undefined : endOf(on)) : undefined;
    if (found === undefined || (found.sight.sees !== 'all' && on !== undefined)) throw noSuchAgreement();
    const { sight } = found;
    if (!seenBy(sight, tab)) {
      if (sight.sees !== 'people') throw noSuchAgreement();
      const [, asked] = request.url.split('?');
      await reply.redirect(`/agreements/${id}${asked === undefined ? '' : `?${asked}`}`, 303);
      return undefined;
    }
    const named = await this.names.for(tenant, found.agreement);
    const happened = await this.happened(reader.principal, id, query, named, sight);
    // On an earlier day there is nothing to be done.
    const places = tab === '' || tab === '/sign-offs' ? await this.people.inWhosePlace(tenant, actor, today) : [];
    const offers = on === undefined ? offersOf(actor, found.agreement, today, places.map((place) => place.actor)) : {};
    return { ...found, reader, named, today, offers, form: formIn(offers), on, head: { ...headOf(found.agreement, tab, sight, on), offers, happened, today } };
  }

  private async happened({ tenant, actor }: Reader['principal'], id: string, { did, done }: AgreementQuery, named: Named, sight: Sight) {
    const about = aboutSomebody.find((command) => command === done);
    if (about !== undefined) return [{ title: commandWords[about].title, about: undefined }];
    const [, from, to] = /^(\d{1,9})-(\d{1,9})$/.exec(did ?? '') ?? [];
    if (from === undefined || to === undefined) return undefined;
    const events = await this.agreements.history(tenant, id, Number(from) - 1, Math.min(20, Number(to) - Number(from) + 1));
    const read = await this.agreements.readingOf(tenant, actor, londonDay(this.clock.now()), events);
    if (sight.sees === 'all') return events.map((event) => happeningShown(read(event), named));
    // Whoever is not of the house is told of what they did themselves, and not of what else came of it.
    const theirs = events.filter(({ meta }) => meta.actor === actorName(actor));
    return theirs.slice(0, 1).map((event) => ({ title: happeningShown(read(event), named).title, about: undefined }));
  }
}

// A day in London ends an hour earlier in UTC during summer; asking up to then would hide what happened in its last hour.
function endOf(day: string): Date {
  const next = addDays(day, 1);
  const midnight = new Date(`${next}T00:00:00Z`);
  return londonDay(new Date(midnight.getTime() - 1)) === day ? new Date(midnight.getTime() - 1) : new Date(midnight.getTime() - 3_600_001);
}

function headOf(agreement: Agreement, tab: Tab, sight: Sight, on: string | undefined) {
  const { id, title, kind, tier, lifecycle, pathway, route, facts, stage } = agreement;
  const as = on === undefined ? '' : `?on=${on}`;
  const whole = sight.sees === 'all';
  return {
    id,
    title,
    // What it may be worth and why by this route is the organisation's own matter, and to a party how much is asked of it.
    caption: whole || sight.sees === 'people' ? `${codeOf(kind)}, ${tier} tier` : codeOf(kind),
    state: lifecycle === 'open' ? stageTitle(agreement, stage) : { held: 'On hold', closed: 'Closed', cancelled: 'Cancelled', split: 'Split into its contracts', transferred: 'Went to a successor', none: '' }[lifecycle],
    lifecycle,
    base: `/agreements/${id}`,
    tabs: tabs.filter(({ path }) => seenBy(sight, path) && !(whole && besideInvolvement.includes(path))).map(({ text, path }) => ({ text, href: `/agreements/${id}${path}${as}`, here: path === (whole && besideInvolvement.includes(tab) ? '/involvement' : tab) })),
    on: on === undefined ? undefined : { day: on, says: dayOf(on), now: `/agreements/${id}${tab}` },
    process: pathwayTitle(`${pathway.id}@${pathway.version}`),
    route: { title: routeTitle(route.id, route.version), href: `/routes/${route.id}/${route.version}`, ground: whole ? groundSaid(agreement)?.replace(/\.$/, '') : undefined },
    end: endShown(agreement, !whole),
    value: !whole || facts.value === undefined ? undefined : moneyOf(facts.value.value),
  };
}
