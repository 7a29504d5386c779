import { PersonNames } from '@concordat/access';
import type { NewEvent } from '@concordat/journal/core';
import { eventSchemas } from '@concordat/agreement';
import type { Agreement, AskedNoMore, CommandName, Events, EventType } from '@concordat/agreement/core';
import { conditionCodes } from '@concordat/pathway/core';
import { Outbox } from '@concordat/reminders';
import { Told } from '@concordat/webhooks';
import { isUuid } from '@concordat/platform';
import { audienceOf, joining, rolesThatHear } from '@concordat/webhooks/core';
import { Injectable } from '@nestjs/common';
import type * as z from 'zod';
import type { Named } from './names.js';
import { labels } from './words/en.js';
import { happeningOf, labelOf, roleOf, upper } from './words/say.js';

/** What a command would lead to, in words. */
export interface OutlookShown {
  readonly events: readonly { readonly title: string; readonly rows: readonly { readonly label: string; readonly value: string }[] }[];
  /** Who hears of it, with how many webhooks of theirs it fires; empty where nobody outside does. */
  readonly told: readonly string[];
  /** Whom a message reaches, with what it says. */
  readonly mailed: readonly string[];
  readonly waits: readonly string[];
}

type Happening = Pick<NewEvent, 'type' | 'data' | 'stream'>;
// What happens to one of those who take part names them by its stream alone.
const ofParticipant = /^participant-(.+)$/;

const mostNamed = 5;
// What is there for machines is not read by people.
const forMachines = new Set(['content', 'countsWith', 'material', 'version']);

/** Says who will hear of events that have not happened yet. */
@Injectable()
export class Outlook {
  constructor(
    private readonly webhooks: Told,
    private readonly outbox: Outbox,
    private readonly names: PersonNames,
  ) {}

  async of(tenant: string, agreement: Agreement, events: readonly Happening[], named: Named, by: string): Promise<OutlookShown> {
    const parties = new Map<string, string>(Object.entries(agreement.award.parties));
    const heard = new Map<string, number>();
    for (const { type, data } of events) {
      const members = data as Readonly<Record<string, unknown>>;
      const joins = (joining as Readonly<Record<string, string>>)[type];
      if (joins !== undefined && typeof members['provider'] === 'string') parties.set(members['provider'], joins);
      const audience = audienceOf(type);
      if (audience.to === 'internal') continue;
      for (const [provider, role] of parties) {
        const meant = audience.only === 'all' || members['provider'] === provider;
        if (meant && (rolesThatHear(type, data) as readonly string[]).includes(role)) heard.set(provider, (heard.get(provider) ?? 0) + 1);
      }
    }
    const told = await Promise.all(
      [...heard].map(async ([provider, count]) => {
        const endpoints = (await this.webhooks.endpoints(tenant, provider)).filter(({ disabled }) => disabled === null).length;
        const fires = endpoints === 0 ? 'no webhook: it stands in their feed' : `${endpoints * count} ${endpoints * count === 1 ? 'webhook' : 'webhooks'} will fire`;
        return `${named.of(provider)}: ${fires}`;
      }),
    );
    return { events: events.map((event) => happeningShown(event, named)), told, mailed: await this.mailed(tenant, agreement, events, by), waits: events.flatMap(waitsFor) };
  }

  private async mailed(tenant: string, agreement: Agreement, events: readonly Happening[], by: string): Promise<readonly string[]> {
    const told = await this.outbox.foretold(tenant, agreement, events, by);
    const names = await this.names.of(tenant, [...new Set([...told.values()].flat())]);
    return [...told].map(([says, people]) => {
      const called = people.map((person) => names.get(person)?.name ?? 'somebody').toSorted();
      const more = called.length - mostNamed;
      return `${says} A message goes to ${[...called.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])].join(', ')}.`;
    });
  }
}

/** A member of an event in words. */
function saidOf(name: string, value: unknown, data: Readonly<Record<string, unknown>>, named: Named): string {
  if (name === 'condition' && typeof value === 'number') return named.signOffCondition(data as { signOff: string }, value);
  if (name === 'asksNoMore') return (value as readonly AskedNoMore[]).map(({ stage, asks }) => `${upper(named.said(stage, 'stage'))}: ${asks}`).join(' ');
  const codes = [value].flat().filter((one) => isCondition(one));
  return codes.length > 0 && typeof data['stage'] === 'string' ? codes.map((code) => named.condition(code, data['stage'] as string)).join(' ') : named.said(value, name);
}

const labelIn = (name: string, command: CommandName | undefined): string => labelOf(name in labels ? undefined : command, name);

const isCondition = (value: unknown): value is string => (conditionCodes as readonly unknown[]).includes(value);

/** An event in words: what happened, and what it says. `command`: what it came of, which calls in its own words what has no name elsewhere. */
export function happeningShown({ type, data, stream }: Happening, named: Named, command?: CommandName) {
  const members = data as Readonly<Record<string, unknown>>;
  const [, participant] = ofParticipant.exec(stream) ?? [];
  return {
    title: happeningOf(type),
    about: aboutOf(members, named),
    rows: [
      ...(participant === undefined ? [] : [{ label: labelOf(undefined, 'participant'), value: upper(named.of(participant)) }]),
      ...Object.entries(inOrder(type, data))
        .filter(([name, value]) => !forMachines.has(name) && !isOwnId(type, name) && !named.isUnnamed(name, value) && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
        .flatMap(([name, value]) =>
          name === 'facts'
            ? Object.entries(value as object).map(([fact, said]) => ({ label: labelOf(undefined, `facts.${fact}`), value: named.said(said, `facts.${fact}`) }))
            : [{ label: labelIn(name === 'outcome' && typeof value === 'string' && isUuid(value) ? 'named-outcome' : name, command), value: upper(saidOf(name, value, members, named)) }],
        ),
    ],
  };
}

/** The members of an event as its schema has them, from the outside in: a database keeps them in an order of its own. */
function inOrder(type: string, data: unknown): object {
  const read = (eventSchemas as Readonly<Record<string, z.ZodType | undefined>>)[type]?.safeParse(data);
  return (read?.success === true ? read.data : data) as object;
}

/** The one member that says most: its title, or what it is about. */
function aboutOf(data: Readonly<Record<string, unknown>>, named: Named): string | undefined {
  const telling = ['title', 'discipline', 'theme', 'risk', 'activity', 'group', 'signOff', 'statement', 'stage', 'provider'].find((name) => typeof data[name] === 'string');
  if (telling !== undefined) return upper(named.said(data[telling], telling));
  const facts = data['facts'];
  return typeof facts === 'object' && facts !== null ? Object.keys(facts).map((fact) => labelOf(undefined, `facts.${fact}`)).join(', ') : undefined;
}

// A new thing's own id says nothing to people: its title or its words do.
const ownIds = {
  'concordat.agreement.activity-planned.v1': 'activity',
  'concordat.agreement.theme-created.v1': 'theme',
  'concordat.agreement.risk-raised.v1': 'risk',
  'concordat.agreement.contribution-recorded.v1': 'contribution',
  'concordat.agreement.participant-invited.v1': 'invitation',
  'concordat.agreement.statement-sought.v1': 'statement',
  'concordat.agreement.sign-off-requested.v1': 'signOff',
  'concordat.agreement.decision-recorded.v1': 'decision',
  'concordat.agreement.what-people-do-recorded.v1': 'activity',
  'concordat.agreement.opportunity-raised.v1': 'opportunity',
  'concordat.agreement.control-added.v1': 'control',
  'concordat.agreement.incident-recorded.v1': 'incident',
  'concordat.agreement.risk-panel-convened.v1': 'panel',
  'concordat.agreement.panel-advice-recorded.v1': 'advice',
  'concordat.agreement.waiver-asked.v1': 'waiver',
  'concordat.agreement.condition-proposed.v1': 'condition',
  'concordat.agreement.commitment-made.v1': 'commitment',
  'concordat.agreement.concern-raised.v1': 'concern',
  'concordat.agreement.carried-over.v1': 'carried',
  'concordat.agreement.information-issued.v1': 'pack',
  'concordat.agreement.payment-offered.v1': 'offer',
  'concordat.agreement.dissent-recorded.v1': 'dissent',
  'concordat.agreement.vote-recorded.v1': 'vote',
  'concordat.agreement.consultation-opened.v1': 'consultation',
  'concordat.agreement.challenge-recorded.v1': 'challenge',
  'concordat.agreement.criterion-set.v1': 'criterion',
  'concordat.agreement.option-considered.v1': 'option',
  'concordat.agreement.partner-recorded.v1': 'partner',
  'concordat.agreement.kpi-set.v1': 'kpi',
  'concordat.agreement.observation-recorded.v1': 'observation',
  'concordat.agreement.finding-recorded.v1': 'finding',
  'concordat.agreement.obligation-agreed.v1': 'obligation',
  'concordat.agreement.cycle-begun.v1': 'cycle',
  'concordat.agreement.review-meeting-held.v1': 'meeting',
  'concordat.agreement.action-agreed.v1': 'action',
  'concordat.agreement.provider-concern-raised.v1': 'concern',
  'concordat.agreement.quality-visit-recorded.v1': 'visit',
  'concordat.agreement.rate-set.v1': 'rate',
  'concordat.agreement.funding-committed.v1': 'funding',
  'concordat.agreement.spend-recorded.v1': 'spend',
  'concordat.agreement.variation-proposed.v1': 'variation',
  'concordat.agreement.outcome-named.v1': 'outcome',
  'concordat.agreement.outcome-linked.v1': 'link',
  'concordat.agreement.measurement-recorded.v1': 'measurement',
  'concordat.agreement.benefit-named.v1': 'benefit',
  'concordat.agreement.cost-recorded.v1': 'cost',
  'concordat.participant.asked.v1': 'invitation',
} as const satisfies { readonly [T in EventType]?: keyof Events[T] };
const isOwnId = (type: string, name: string): boolean => (ownIds as Readonly<Record<string, string>>)[type] === name;

/** In whose work it will stand from then on. */
function waitsFor({ type, data }: Happening): readonly string[] {
  const { discipline } = data as { readonly discipline?: string };
  switch (type) {
    case 'concordat.agreement.sign-off-requested.v1':
      return [roleOf(`approver:${discipline}`)];
    case 'concordat.agreement.statement-sought.v1':
      return ['a representative, an advocate or a facilitator'];
    case 'concordat.agreement.contribution-recorded.v1':
    case 'concordat.agreement.theme-created.v1':
      return ['a commissioner, who answers it'];
    case 'concordat.agreement.award-proposed.v1':
      return ['the decision-maker'];
    default:
      return [];
  }
}
