import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asked } from '@concordat/access';
import { Organisations } from '@concordat/access';
import type { Actor } from '@concordat/access/core';
import { AgreementCommand, type AgreementCommandInput, Agreements, CommandSeal } from '@concordat/agreement';
import type { Installation } from '@concordat/assembly';
import { concordatNamespace, type FixedClock, Fingerprints, londonDay, newId, uuidv5 } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { EndpointCommand, type EndpointOutcome, type EndpointRequest } from '@concordat/webhooks';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { bringRegister } from './demo-register.js';
import { tellOfFramework } from './demo-framework.js';
import { tellOfJudgement } from './demo-judgement.js';
import { type DemoNotice, type Plot, tell, migrated } from './demo-story.js';
import { takePart } from './demo-taking-part.js';
import type { Teller } from './teller.js';
import { Timeline } from './timeline.js';

/** The history begins so many days before today. */
export const historyDays = 130;

/** Where nobody listens: the port that discards is none of a web server's. */
const nobodyListens = 'http://127.0.0.1:9/hooks';

const notices = JSON.parse(readFileSync(join(import.meta.dirname, 'demo-notices.json'), 'utf8')) as DemoNotice[];
const notice = (title: string): DemoNotice => notices.find((one) => one.title.includes(title))!;

const council: readonly Plot[] = [
  { notice: notice('Glasgow Residential Recovery'), group: 'people in recovery', reaches: 'mandate', begins: 100 },
  { notice: notice('Domiciliary Care Package'), group: 'people who draw on home care', reaches: 'needs', begins: 105, twist: 'answer-rated-low' },
  { notice: notice('Reablement'), group: 'people coming home from hospital', reaches: 'priorities', begins: 85, twist: 'theme-unanswered' },
  { notice: notice('Early Prevention'), group: 'families touched by drugs and alcohol', reaches: 'design', begins: 80, twist: 'sign-off-stale', plannedDo: 2 },
  { notice: notice('GP In & Out of Hours'), group: 'people held in the prison', reaches: 'design', begins: 75, twist: 'objection-open' },
  { notice: notice('Adult Mental Health'), group: 'people who use mental health services', reaches: 'route', begins: 10, twist: 'objection-answered' },
  { notice: notice('Short-Term Breaks'), group: 'carers of people with dementia', reaches: 'sourcing', begins: 65, twist: 'promises', theme: 'short breaks', carriesOver: notice('Disabled Children').ocid },
  { notice: notice('Emergency Residential'), group: 'young people who need a home', reaches: 'award', begins: 60, twist: 'award-undecided' },
  { notice: notice('Disabled Children'), group: 'disabled children and their families', reaches: 'mobilisation', begins: 55, theme: 'short breaks' },
  { notice: notice('Representative Body'), group: 'people who draw on care and support', reaches: 'delivery', begins: 50, twist: 'two-figures' },
  { notice: notice('temporary accommodation'), group: 'people without a home', reaches: 'review', begins: 40 },
  { notice: notice('Domestic Abuse'), group: 'children who lived with abuse', reaches: 'closed', begins: 31 },
];

/** What the second organisation has: two cases for change, and a contract that runs and should have been renewed. */
const healthBoard = {
  cases: [notice('Oral Health'), notice('Postvention')],
  running: notice('Stretford'),
};

/** Tells the demo's history by commands, all stories at once, on a clock that stands in the past. Told again, it changes nothing. */
export async function tellHistory(parts: INestApplicationContext, installation: Installation, clock: FixedClock, receiver: string): Promise<void> {
  const organisations = parts.get(Organisations);
  const telling = new Telling(parts, clock, new Timeline(clock, clock.now()));
  const { tenant } = (await organisations.bySlug('demo-council'))!;
  const health = (await organisations.bySlug('demo-health-board'))!.tenant;
  await telling.endpoints(tenant, installation.dataDir, receiver);
  await bringRegister(parts, tenant, { id: uuidv5(tenant, 'demo register'), by: personOf(tenant, 'commissioner'), today: londonDay(new Date(clock.now().getTime() + historyDays * 86_400_000)) });
  await telling.timeline.tell([
    ...council.map((plot) => async () => {
      const teller = telling.teller(tenant, plot.notice.ocid);
      await tell(plot, teller);
      if (plot.carriesOver !== undefined) await takePart(plot.carriesOver, teller);
    }),
    () => tellOfFramework(telling.teller(tenant, 'home care framework')),
    () => tellOfJudgement(telling.teller(tenant, 'community transport')),
    ...healthBoard.cases.map((one, at) => async () => {
      const teller = telling.teller(health, one.ocid);
      await teller.on(105 + at);
      await teller.did('commissioner', { name: 'open-agreement', title: one.title, kind: 'contract', pathway: { id: 'standard', version: 1 }, route: { id: 'psr-most-suitable-provider' }, value: pounds(one), raises: [] });
      await migrated(teller);
    }),
    async () => {
      const { running } = healthBoard;
      const teller = telling.teller(health, running.ocid);
      await teller.on(110);
      await teller.did('commissioner', {
        name: 'take-over-agreement', title: running.title, kind: 'contract', pathway: { id: 'standard', version: 1 }, route: { id: 'psr-most-suitable-provider' }, value: pounds(running), raises: [],
        stage: 'delivery', from: { source: 'Contract register', reference: running.ocid }, // Its notice names no period. It ends so soon that nobody could tender for what comes after it in time.
        facts: { reference: running.ocid, 'contract-period': { startsOn: addDays(teller.today(), -3 * 365), endsOn: addDays(teller.today(), 80) } },
      });
      await migrated(teller);
    },
  ]);
}

const pounds = ({ value }: DemoNotice) => ({ amount: value, currency: 'GBP' });

class Telling {
  private readonly commands: CommandBus;
  private readonly agreements: Agreements;
  private readonly seal: CommandSeal;
  private readonly fingerprints: Fingerprints;

  constructor(
    parts: INestApplicationContext,
    private readonly clock: FixedClock,
    readonly timeline: Timeline,
  ) {
    this.commands = parts.get(CommandBus);
    this.agreements = parts.get(Agreements);
    this.seal = parts.get(CommandSeal);
    this.fingerprints = parts.get(Fingerprints);
  }

  teller(tenant: string, story: string): Teller {
    const agreement = uuidv5(tenant, `demo agreement ${story}`);
    let step = 0;
    return {
      on: (day) => this.timeline.on(day),
      did: async (called, input) => {
        step += 1;
        const command = await this.seal.seal(tenant, { ...input, agreement } as AgreementCommandInput);
        const outcome: { readonly outcome: string } = await this.commands.execute(new AgreementCommand(command, this.asked(tenant, called, `${story} ${step}`)));
        if (outcome.outcome !== 'recorded') throw new Error(`The demo's story of ${story} broke off at ${input.name}: ${JSON.stringify(outcome)}`);
      },
      seen: async () => (await this.agreements.find(tenant, agreement))!.agreement,
      id: (name) => uuidv5(agreement, name),
      person: (called) => personOf(tenant, called),
      elsewhere: (other) => {
        const there = uuidv5(tenant, `demo agreement ${other}`);
        return { agreement: there, id: (name) => uuidv5(there, name) };
      },
      provider: (at) => uuidv5(tenant, `demo provider ${at}`),
      today: () => londonDay(this.clock.now()),
    };
  }

  /** The first provider has a receiver that answers, the second one an address where nobody does. */
  async endpoints(tenant: string, dataDir: string, receiver: string): Promise<void> {
    const register = (at: number, url: string): EndpointRequest => ({ name: 'register-endpoint', provider: uuidv5(tenant, `demo provider ${at}`), url, ordered: false });
    const made = await this.endpoint(tenant, 'provider-admin', register(0, receiver), 'receiver');
    // Made by a seed that was broken off before it wrote the secret down: that one is gone, so it is replaced.
    const { secret } = made.secret !== null && 'shown' in made.secret ? made : await this.endpoint(tenant, 'provider-admin', { name: 'rotate-secret', endpoint: made.endpoint, overlapHours: 0 }, newId());
    if (secret === null || !('shown' in secret)) throw new Error('The secret of the demo receiver was not told.');
    await mkdir(dataDir, { recursive: true });
    await writeFile(join(dataDir, 'demo-receiver.json'), `${JSON.stringify({ secret: secret.shown })}\n`, { mode: 0o600 });
    await this.endpoint(tenant, 'provider-admin:second', register(1, nobodyListens), 'nobody listens');
  }

  private async endpoint(tenant: string, called: string, request: EndpointRequest, step: string) {
    const outcome: EndpointOutcome = await this.commands.execute(new EndpointCommand(request, this.asked(tenant, called, step)));
    if (outcome.outcome !== 'recorded') throw new Error(`The demo's endpoint could not be made: ${JSON.stringify(outcome)}`);
    return outcome;
  }

  // A step is known by its place in its story, not by what it says: told again on another day, it is the same step.
  private asked(tenant: string, called: string, step: string): Asked {
    const actor: Actor = { kind: 'person', person: personOf(tenant, called), grants: [], scopes: 'all' };
    const commandId = uuidv5(concordatNamespace, `demo history ${tenant} ${step}`);
    return { tenant, actor, commandId, fingerprint: this.fingerprints.of({ step }), correlationId: newId() };
  }
}

const personOf = (tenant: string, called: string) => uuidv5(tenant, `demo ${called}`);
