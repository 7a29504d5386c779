import { newId } from '@concordat/platform';
import { succeeded } from './client.js';
import type { TestInstallation } from './installation.js';

interface Missing {
  readonly what: string;
  readonly suppliedBy: string;
  readonly by?: string;
}

/** Why something was refused: by code, what is missing. */
export type Reasons = Readonly<Record<string, readonly string[]>>;

/** The parts of an agreement that journeys look at. */
export interface Seen {
  readonly version: number;
  readonly stage: string;
  readonly lifecycle: string;
  readonly tier: string;
  readonly stages: Readonly<Record<string, { readonly gate: string }>>;
  readonly content: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly signOffs: readonly { readonly discipline: string; readonly stage: string }[];
  readonly decision: object | null;
  readonly award: { readonly proposed: object | null; readonly parties: Readonly<Record<string, string>> };
  readonly takenOver: object | null;
  readonly proposedAward?: { readonly version: string };
}

/** What a command came to, or would. */
interface Told {
  readonly events: readonly { readonly type: string }[];
}

/** One agreement of a demo's council, walked through its stages over the API by whoever may take each step. */
export class Journey {
  /** Commands that were recorded so far. */
  commands = 0;

  private constructor(
    readonly here: TestInstallation,
    readonly id: string,
  ) {}

  /** By `open-agreement`, which the commissioner sends. */
  static async opened(here: TestInstallation, beginning: object): Promise<Journey> {
    const { body } = succeeded('open-agreement', await here.as('commissioner').post<{ agreement: string }>('/api/v1/agreements', beginning));
    const journey = new Journey(here, body.agreement);
    journey.commands += 1;
    return journey;
  }

  /** By `take-over-agreement`; one whose service is under way has run for a while, where nobody says since when. */
  static async takenOver(here: TestInstallation, beginning: { readonly stage: string; readonly facts?: object; readonly [member: string]: unknown }): Promise<Journey> {
    const journey = new Journey(here, newId());
    const facts = ['delivery', 'review', 'close'].includes(beginning.stage) ? { facts: { 'contract-period': { startsOn: '2024-04-01', endsOn: '2029-03-31' }, ...beginning.facts } } : {};
    await journey.did('commissioner', 'take-over-agreement', { ...beginning, ...facts });
    return journey;
  }

  /** One that another command opened. */
  static of(here: TestInstallation, id: string): Journey {
    return new Journey(here, id);
  }

  /** The agreement as this role sees it. */
  async seen(role = 'commissioner', asAt?: string): Promise<Seen> {
    const path = `/api/v1/agreements/${this.id}${asAt === undefined ? '' : `?asAt=${asAt}`}`;
    return succeeded('reading', await this.here.as(role).get<Seen>(path)).body;
  }

  /** Rehearsed first: whatever then happens here, the dry run said (beside what happens in other streams). */
  async did(role: string, name: string, body: object = {}): Promise<void> {
    const by = this.here.as(role);
    const { body: rehearsed } = succeeded(`the rehearsal of ${name}`, await by.command<Told>(this.id, name, body, { dryRun: true }));
    const { body: done } = await by.done<Told>(this.id, name, body);
    const would = rehearsed.events.map(({ type }) => type);
    const unsaid = done.events.filter(({ type }) => !would.includes(type));
    if (unsaid.length > 0) throw new Error(`The rehearsal of ${name} said ${would.join(', ')}, and nothing of ${unsaid.map(({ type }) => type).join(', ')}.`);
    this.commands += 1;
  }

  /** The commissioner writes facts on what stands now. */
  async facts(facts: object): Promise<void> {
    const { version } = await this.seen();
    await this.here.as('commissioner').done(this.id, 'amend-facts', { facts }, { headers: { 'if-match': `"${version}"` } });
    this.commands += 1;
  }

  /** Every reason why it was refused, and a failed test where it was not. */
  async refused(role: string, name: string, body: object = {}): Promise<Reasons> {
    const { status, text, body: problem } = await this.here.as(role).command<{ errors?: { code: string; missing?: Missing[] }[] }>(this.id, name, body);
    if (status !== 422 && status !== 403) throw new Error(`${name} was answered ${status}: ${text}`);
    return Object.fromEntries((problem.errors ?? []).map(({ code, missing = [] }) => [code, missing.map(({ what }) => what)]));
  }

  /** Why the gate of the stage it stands in is shut. The checklist must say the same as the refusal. */
  async gateRefused(): Promise<Reasons> {
    const reasons = await this.refused('commissioner', 'request-gate', { stage: (await this.seen()).stage });
    const { body } = await this.here.as('commissioner').get<{ checklist: { code: string; met: boolean; missing: Missing[] }[] }>(`/api/v1/agreements/${this.id}/gate`);
    const unmet = Object.fromEntries(body.checklist.filter(({ met }) => !met).map(({ code, missing }) => [code, missing.map(({ what }) => what)]));
    if (JSON.stringify(unmet) !== JSON.stringify(reasons)) throw new Error(`The checklist says ${JSON.stringify(unmet)}, the refusal ${JSON.stringify(reasons)}.`);
    return reasons;
  }

  /** The gate opens. @returns the stage it stands in then. */
  async throughGate(): Promise<string> {
    await this.did('commissioner', 'request-gate', { stage: (await this.seen()).stage });
    return (await this.seen()).stage;
  }

  /** The commissioner asks, and the approver of the discipline signs what stands now. */
  async signedOff(discipline: string, { kind = 'approval', by = `approver:${discipline}` } = {}): Promise<void> {
    const signOff = await this.askedFor(discipline, kind);
    await this.did(by, 'sign-off', { signOff, versionRead: (await this.seen()).content[discipline], outcome: { is: 'granted' } });
  }

  /** What whoever decides on a variation reads and names, as it stands now. */
  async readVariation(variation: string): Promise<{ readonly versionRead: string | undefined; readonly weighed: string }> {
    const { body } = succeeded('delivery', await this.here.as('decision-maker').get<{ managed: { variations: { variation: string; version: string }[] } }>(`/api/v1/agreements/${this.id}/delivery`));
    return { versionRead: body.managed.variations.find((one) => one.variation === variation)?.version, weighed: 'What people said, and the price.' };
  }

  async askedFor(discipline: string, kind = 'approval'): Promise<string> {
    const signOff = newId();
    await this.did('commissioner', 'request-sign-off', { signOff, kind, discipline });
    return signOff;
  }

  /** Each of these, by role, or as an approver of a discipline. */
  async declaredNoConflict(...called: readonly string[]): Promise<void> {
    for (const who of called) await this.did(who, 'declare-no-conflict', { person: this.here.person(who).person, role: who.split(':')[0] });
  }
}

/** A reference to a document kept elsewhere. */
export function documentCalled(title: string): { readonly reference: string; readonly title: string } {
  return { reference: `DMS/${title.toLowerCase().replaceAll(' ', '-')}`, title };
}
