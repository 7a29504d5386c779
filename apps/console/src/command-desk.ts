import type { CommandOutcome, Principal } from '@concordat/access';
import { type AgreementCommandInput, Agreements, ClearCommands, CommandSeal } from '@concordat/agreement';
import type { Agreement, AgreementCommandBody } from '@concordat/agreement/core';
import { concordatNamespace, Fingerprints, uuidv5 } from '@concordat/platform';
import { Injectable } from '@nestjs/common';

/** One command off a form: who, what, under which key, and the version its form was made from. */
export interface FormCommand {
  readonly who: Principal;
  readonly input: AgreementCommandInput;
  readonly key: string;
  readonly version: number;
  readonly correlationId: string;
}

/** A member of a form that somebody else has changed since the form was made. */
export interface Clash {
  readonly name: string;
  readonly before: unknown;
  readonly now: unknown;
  readonly yours: unknown;
}

/** What came of a form: the outcome of its command, or what others changed under it. */
export type FormOutcome = CommandOutcome | { readonly outcome: 'clash'; readonly clashes: readonly Clash[]; readonly version: number };

const mostRetries = 3;

/** Takes commands off forms to the same handler the API uses. */
@Injectable()
export class CommandDesk {
  constructor(
    private readonly commands: ClearCommands,
    private readonly agreements: Agreements,
    private readonly seal: CommandSeal,
    private readonly fingerprints: Fingerprints,
  ) {}

  /** What would happen, without that it does. */
  rehearse(form: FormCommand): Promise<CommandOutcome> {
    return this.commands.rehearse(form.input, this.asked(form));
  }

  /** The command of a form as it would be, its words under no key yet. */
  pretended({ input }: FormCommand): AgreementCommandBody {
    return this.seal.pretend(input);
  }

  /**
   * Records it. A command that overwrites is recorded only on what its form was made from; where others changed something
   * else meanwhile, it is taken to what stands now by itself.
   */
  async record(form: FormCommand): Promise<FormOutcome> {
    const { input } = form;
    if (standing(input, undefined) === undefined) return this.commands.record(input, this.asked(form));
    let { version } = form;
    for (let attempt = 0; attempt < mostRetries; attempt += 1) {
      const outcome = await this.commands.record(input, { ...this.asked(form), ...(version > 0 && { expectedVersion: version }) });
      if (outcome.outcome !== 'precondition-failed') return outcome;
      const clashes = await this.clashes(form, version);
      if (clashes.length > 0) return { outcome: 'clash', clashes, version: outcome.version };
      version = outcome.version;
    }
    return { outcome: 'conflict' };
  }

  private asked({ who, input, key, correlationId }: FormCommand) {
    const { tenant, actor, id } = who;
    return {
      tenant,
      actor,
      commandId: uuidv5(concordatNamespace, `${tenant}/${id}/form/${key}`),
      fingerprint: this.fingerprints.of(['form', input]),
      correlationId,
    };
  }

  private async clashes({ who, input }: FormCommand, seen: number): Promise<readonly Clash[]> {
    const [event] = await this.agreements.history(who.tenant, input.agreement, seen - 1, 1);
    const [then, now] = await Promise.all([
      event && this.agreements.find(who.tenant, input.agreement, new Date(event.recordedAt)),
      this.agreements.find(who.tenant, input.agreement),
    ]);
    const before = standing(input, then?.agreement) ?? {};
    const after = standing(input, now?.agreement) ?? {};
    const yours = standing(input, undefined) ?? {};
    return Object.keys(yours)
      .filter((name) => !same(before[name], after[name]) && !same(yours[name], after[name]))
      .map((name) => ({ name, before: before[name], now: after[name], yours: yours[name] }));
  }
}

type Members = Readonly<Record<string, unknown>>;
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/**
 * What a command overwrites, by member: as it stands in the agreement, or without one as the command itself would have
 * it. Undefined for a command that overwrites nothing.
 */
export function standing(input: AgreementCommandInput, agreement: Agreement | undefined): Members | undefined {
  const found = (value: object | undefined): Members => (value ?? {}) as Members;
  switch (input.name) {
    case 'amend-facts':
      return agreement === undefined ? input.facts : Object.fromEntries(Object.entries(agreement.facts).map(([name, fact]) => [name, fact?.value]));
    case 'plan-involvement':
      return found(agreement === undefined ? input : agreement.involvement.plans[input.stage]);
    case 'rescore-risk':
      return found(agreement === undefined ? input.scores : agreement.risk.find(({ id }) => id === input.risk)?.scores);
    case 'review-risk':
      return found(agreement === undefined ? input.levels : agreement.risk.find(({ id }) => id === input.risk)?.levels);
    case 'record-what-people-do':
      return found(agreement === undefined ? input : agreement.activitiesOfPeople.find(({ activity }) => activity === input.activity));
    default:
      return undefined;
  }
}
