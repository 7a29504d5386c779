import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asked } from '@concordat/access';
import { Organisations, PersonCommand } from '@concordat/access';
import type { Actor } from '@concordat/access/core';
import { AgreementCommand, type AgreementCommandInput, Agreements, CommandSeal } from '@concordat/agreement';
import type { Installation } from '@concordat/assembly';
import { importer } from '@concordat/exchange';
import { Consumers, Journal } from '@concordat/journal';
import { pathways } from '@concordat/pathway';
import { concordatNamespace, type FixedClock, Fingerprints, londonDay, newId, uuidv5 } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { EndpointCommand, type EndpointOutcome, type EndpointRequest } from '@concordat/webhooks';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { answerForRisk, decideAndWait, decideLots, proposeLots, publishNotices, splitIntoLots } from './demo-award.js';
import { manageContract, returnOnce, varyContract } from './demo-contract.js';
import { tellOfEnding, tellOfExtension } from './demo-ending.js';
import { tellOfFramework } from './demo-framework.js';
import { askForDissent, breakPromise, hearEverything, tellEverybody, tellEverybodyAtStart } from './demo-heard.js';
import { tellOfJudgement } from './demo-judgement.js';
import { chooseEvaluators, confirmReady, weighOptions } from './demo-options.js';
import { takeInPlatform } from './demo-platform.js';
import { moveOnlyOne, ownProcess, publishProcess, tellOfCafe } from './demo-process.js';
import { writeDemoReceiver } from './demo-receiver-file.js';
import { bringRegister } from './demo-register.js';
import { leavePromise, renew } from './demo-renewal.js';
import { lookAtRisks, settleRisks } from './demo-risk.js';
import { sign } from './demo-signing.js';
import { pounds } from './demo-steps.js';
import { type DemoNotice, type Plot, tell } from './demo-story.js';
import { takePart } from './demo-taking-part.js';
import { tellOfTogether } from './demo-together.js';
import { tellOfComing, tellOfGoing } from './demo-transfer.js';
import { tellOfUrgency } from './demo-urgent.js';
import { weighValue } from './demo-value.js';
import type { Teller } from './teller.js';
import { Timeline } from './timeline.js';

/** The history begins so many days before today. */
export const historyDays = 130;

const day = 86_400_000;

/**
 * Where an agreement follows version 1 of the standard process it was opened while that was in use: so many days before the history the
 * first of them was, each as long before the next version as its story is before today.
 */
export function beforeHistory(begins: Date): number {
  const { since } = pathways.inUseAs(pathways.find('standard', 2))!;
  return Math.max(0, Math.ceil((begins.getTime() - Date.parse(since!)) / day) + historyDays);
}

/** Where nobody listens: the port that discards is none of a web server's. */
const nobodyListens = 'http://127.0.0.1:9/hooks';

const notices = JSON.parse(readFileSync(join(import.meta.dirname, 'demo-notices.json'), 'utf8')) as DemoNotice[];
const notice = (title: string): DemoNotice => notices.find((one) => one.title.includes(title))!;

const council: readonly Plot[] = [
  { notice: notice('Glasgow Residential Recovery'), group: 'people in recovery', reaches: 'mandate', begins: 100, besides: { mandate: sign } },
  { notice: notice('Domiciliary Care Package'), group: 'people who draw on home care', reaches: 'needs', begins: 105, twist: 'answer-rated-low' },
  { notice: notice('Reablement'), group: 'people coming home from hospital', reaches: 'priorities', begins: 85, twist: 'theme-unanswered' },
  { notice: notice('Early Prevention'), group: 'families touched by drugs and alcohol', reaches: 'design', begins: 80, twist: 'sign-off-stale', plannedDo: 2 },
  { notice: notice('GP In & Out of Hours'), group: 'people held in the prison', reaches: 'design', begins: 75, twist: 'objection-open', besides: { priorities: waitForElection } },
  { notice: notice('Adult Mental Health'), group: 'people who use mental health services', reaches: 'route', begins: 10, twist: 'objection-answered' },
  { notice: notice('Short-Term Breaks'), group: 'carers of people with dementia', reaches: 'sourcing', begins: 65, twist: 'promises', theme: 'short breaks', carriesOver: notice('Disabled Children').ocid },
  { notice: notice('Emergency Residential'), group: 'young people who need a home', reaches: 'award', begins: 60, twist: 'award-undecided', besides: { needs: readNotice(notice('Emergency Residential')) } },
  { notice: notice('Disabled Children'), group: 'disabled children and their families', reaches: 'mobilisation', begins: 55, theme: 'short breaks', besides: { priorities: weighOptions, route: lookAtRisks, sourcing: chooseEvaluators, mobilisation: splitIntoLots }, awards: { propose: proposeLots, decide: decideLots } },
  { notice: notice('Representative Body'), group: 'people who draw on care and support', reaches: 'delivery', begins: 35, twist: 'two-figures', besides: { route: answerForRisk, sourcing: publishNotices }, awards: { decide: decideAndWait } },
  {
    notice: notice('temporary accommodation'), group: 'people without a home', reaches: 'review', begins: 40,
    besides: { needs: hearEverything, priorities: breakPromise, sourcing: askForDissent, mobilisation: allOf(tellEverybodyAtStart, confirmReady), delivery: allOf(manageContract, varyContract, weighValue), review: returnOnce },
  },
  { notice: notice('Domestic Abuse'), group: 'children who lived with abuse', reaches: 'closed', begins: 30, besides: { review: leavePromise, close: tellEverybody } },
];

function allOf(...parts: readonly ((teller: Teller) => Promise<void>)[]): (teller: Teller) => Promise<void> {
  return async (teller) => {
    for (const part of parts) await part(teller);
  };
}

/** What the public record says is further than the gates that were opened. */
function readNotice({ ocid }: DemoNotice): (teller: Teller) => Promise<void> {
  const version = createHash('sha256').update(ocid).digest('hex');
  return (teller) => teller.did('commissioner', { name: 'record-notice', notice: { source: 'Contracts Finder', reference: ocid, tags: ['award'], publishedOn: null, version, proves: 'award' } });
}

/** Nothing is decided while people are about to vote. */
async function waitForElection(teller: Teller): Promise<void> {
  await teller.did('commissioner', { name: 'hold', reason: 'The weeks before an election', until: addDays(teller.today(), 21) });
  await teller.later(4);
  await teller.did('commissioner', { name: 'resume' });
}

/** What the second organisation has: two cases for change, and a contract that runs and should have been renewed. */
const healthBoard = {
  cases: [notice('Oral Health'), notice('Postvention')],
  running: notice('Stretford'),
};

/**
 * Tells the demo's history by commands, all stories at once, on a clock that stands in the past. Told again, it changes nothing.
 * @param begins the instant of its day 0; the clock stands at or before it.
 */
export async function tellHistory(parts: INestApplicationContext, installation: Installation, clock: FixedClock, begins: Date, receiver: string | undefined): Promise<void> {
  const organisations = parts.get(Organisations);
  const { tenant } = (await organisations.bySlug('demo-council'))!;
  const telling = new Telling(parts, clock, new Timeline(clock, begins));
  const health = (await organisations.bySlug('demo-health-board'))!.tenant;
  await telling.endpoints(tenant, installation.dataDir, receiver);
  await bringRegister(parts, tenant, { id: uuidv5(tenant, 'demo register'), by: personOf(tenant, 'commissioner'), today: londonDay(new Date(begins.getTime() + historyDays * day)) });
  await telling.timeline.tell([
    ...council.map((plot) => async () => {
      const teller = telling.teller(tenant, plot.notice.ocid);
      // What is still in its first stage began on the version in use: nothing else happened to it since.
      await tell(plot, plot.reaches === 'mandate' ? plot.begins : plot.begins - beforeHistory(begins), teller);
      if (plot.carriesOver !== undefined) await takePart(plot.carriesOver, teller);
    }),
    async () => {
      await telling.timeline.on(2);
      await settleRisks(parts, telling.asked(tenant, 'administrator', 'what is said of risks'));
    },
    ...([[80, 1], [118, 2]] as const).map(([on, version]) => async () => {
      await telling.timeline.on(on);
      await publishProcess(parts, version, telling.asked(tenant, 'administrator', `own process ${version}`));
    }),
    () => tellOfTogether(ownProcess, telling.teller(tenant, 'garden')),
    () => tellOfCafe(telling.teller(tenant, 'repair café')),
    () => moveOnlyOne(telling.teller(tenant, 'garden, moved on', uuidv5(tenant, 'demo agreement garden'))),
    async () => {
      const teller = telling.teller(tenant, 'end of winter visits');
      const takeIn = (activity: string) => takeInPlatform(parts, { tenant, agreement: teller.agreement, activity, by: personOf(tenant, 'facilitator'), today: teller.today() });
      await tellOfEnding({ story: 'home care framework', name: 'winter visits' }, teller, takeIn);
    },
    () => tellOfExtension(telling.teller(tenant, 'alarms at home'), telling.teller(tenant, 'telecare')),
    () => renew(notice('Domestic Abuse').ocid, telling.teller(tenant, 'children who lived with abuse, second term')),
    () => tellOfUrgency(telling.teller(tenant, 'flood beds')),
    () => tellOfFramework(telling.teller(tenant, 'home care framework')),
    () => tellOfJudgement(telling.teller(tenant, 'community transport')),
    ...telling.transfers({ tenant, slug: 'demo-council' }, { tenant: health, slug: 'demo-health-board' }),
    ...healthBoard.cases.map((one, at) => async () => {
      const teller = telling.teller(health, one.ocid);
      await teller.on(105 + at);
      await teller.did('commissioner', { name: 'open-agreement', title: one.title, kind: 'contract', pathway: { id: 'standard' }, route: { id: 'psr-most-suitable-provider' }, value: pounds(one.value), raises: [] });
    }),
    async () => {
      const { running } = healthBoard;
      const teller = telling.teller(health, running.ocid);
      await teller.on(110);
      await teller.did('commissioner', {
        name: 'take-over-agreement', title: running.title, kind: 'contract', pathway: { id: 'standard' }, route: { id: 'psr-most-suitable-provider' }, value: pounds(running.value), raises: [],
        stage: 'delivery', from: { source: 'Contract register', reference: running.ocid }, // Its notice names no period. It ends so soon that nobody could tender for what comes after it in time.
        facts: { reference: running.ocid, 'contract-period': { startsOn: addDays(teller.today(), -3 * 365), endsOn: addDays(teller.today(), 80) } },
      });
    },
  ]);
}

class Telling {
  private readonly commands: CommandBus;
  private readonly agreements: Agreements;
  private readonly seal: CommandSeal;
  private readonly fingerprints: Fingerprints;
  private readonly journal: Journal;
  private readonly consumers: Consumers;

  /** Some of it was told before, by a seed that did not come to its end. */
  private again = false;

  constructor(
    parts: INestApplicationContext,
    private readonly clock: FixedClock,
    readonly timeline: Timeline,
  ) {
    this.commands = parts.get(CommandBus);
    this.agreements = parts.get(Agreements);
    this.seal = parts.get(CommandSeal);
    this.fingerprints = parts.get(Fingerprints);
    this.journal = parts.get(Journal);
    this.consumers = parts.get(Consumers);
  }

  /** @param agreement the one that is opened; by its story's name, or beneath another's */
  teller(tenant: string, story: string, agreement = uuidv5(tenant, `demo agreement ${story}`)): Teller {
    let step = 0;
    return {
      agreement,
      on: (day) => this.timeline.on(day),
      later: (days) => this.timeline.later(days),
      arranged: async (called, request) => {
        step += 1;
        const outcome: { readonly outcome: string } = await this.commands.execute(new PersonCommand(request, this.asked(tenant, called, `${story} ${step}`)));
        if (outcome.outcome !== 'recorded') throw new Error(`The demo's story of ${story} broke off at ${request.name}: ${JSON.stringify(outcome)}`);
      },
      imported: async (contract) => {
        step += 1;
        const asked = { ...this.asked(tenant, 'import', `${story} ${step}`), actor: importer };
        const outcome: { readonly outcome: string } = await this.commands.execute(new AgreementCommand({ name: 'take-over-agreement', agreement, ...contract, raises: null }, asked));
        if (outcome.outcome !== 'recorded') throw new Error(`The demo's story of ${story} broke off at its import: ${JSON.stringify(outcome)}`);
      },
      did: async (called, input) => {
        step += 1;
        const asked = this.asked(tenant, called, `${story} ${step}`);
        // What was told before is not sealed again: whoever's words they were may have been erased since.
        if (this.again && (await this.journal.receipt(tenant, asked.commandId)) !== undefined) return;
        const command = await this.seal.seal(tenant, { ...input, agreement } as AgreementCommandInput);
        const outcome: { readonly outcome: string } = await this.commands.execute(new AgreementCommand(command, asked));
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
      child: (name) => this.teller(tenant, `${story}, ${name}`, uuidv5(agreement, name)),
      today: () => londonDay(this.clock.now()),
    };
  }

  /** One agreement goes from the first organisation to the second, and another comes. */
  transfers(here: { readonly tenant: string; readonly slug: string }, there: { readonly tenant: string; readonly slug: string }): readonly (() => Promise<void>)[] {
    const between = (from: typeof here, to: typeof here, story: string, tellOf: typeof tellOfGoing) => async () => {
      const teller = this.teller(from.tenant, story);
      const arrive = () => this.consumers.catchUp('agreement.transfers', to.tenant);
      await tellOf({ ...from, teller }, { ...to, teller: this.teller(to.tenant, `${story}, accepted`, teller.agreement) }, arrive);
    };
    return [between(here, there, 'walking football', tellOfGoing), between(there, here, 'falls prevention', tellOfComing)];
  }

  /** The first provider has a receiver that answers, where there is one, the second one an address where nobody does. */
  async endpoints(tenant: string, dataDir: string, receiver: string | undefined): Promise<void> {
    const register = (at: number, url: string): EndpointRequest => ({ name: 'register-endpoint', provider: uuidv5(tenant, `demo provider ${at}`), url, ordered: false });
    this.again = (await this.journal.receipt(tenant, this.asked(tenant, 'provider-admin:second', 'nobody listens').commandId)) !== undefined;
    if (receiver !== undefined) await this.receiver(tenant, dataDir, register(0, receiver), receiver);
    await this.endpoint(tenant, 'provider-admin:second', register(1, nobodyListens), 'nobody listens');
  }

  private async receiver(tenant: string, dataDir: string, request: EndpointRequest, url: string): Promise<void> {
    const made = await this.endpoint(tenant, 'provider-admin', request, 'receiver');
    // Made by a seed that was broken off before it wrote the secret down: that one is gone, so it is replaced.
    const { secret } = made.secret !== null && 'shown' in made.secret ? made : await this.endpoint(tenant, 'provider-admin', { name: 'rotate-secret', endpoint: made.endpoint, overlapHours: 0 }, newId());
    if (secret === null || !('shown' in secret)) throw new Error('The secret of the demo receiver was not told.');
    await writeDemoReceiver(dataDir, { secret: secret.shown, url });
  }

  private async endpoint(tenant: string, called: string, request: EndpointRequest, step: string) {
    const outcome: EndpointOutcome = await this.commands.execute(new EndpointCommand(request, this.asked(tenant, called, step)));
    if (outcome.outcome !== 'recorded') throw new Error(`The demo's endpoint could not be made: ${JSON.stringify(outcome)}`);
    return outcome;
  }

  // A step is known by its place in its story, not by what it says: told again on another day, it is the same step.
  asked(tenant: string, called: string, step: string): Asked {
    const actor: Actor = { kind: 'person', person: personOf(tenant, called), grants: [], scopes: 'all' };
    const commandId = uuidv5(concordatNamespace, `demo history ${tenant} ${step}`);
    return { tenant, actor, commandId, fingerprint: this.fingerprints.of({ step }), correlationId: newId() };
  }
}

const personOf = (tenant: string, called: string) => uuidv5(tenant, `demo ${called}`);
