import type { Reach } from '@concordat/access/core';
import {
  aboutTheSame, activityOf, type Agreement, type AgreementCommandBody, agreementFold, agreementStream, givenAt, type GivenBefore, givenByPerson, participantFold, participantStream, peopleOf, plainWords,
} from '@concordat/agreement/core';
import { Journal } from '@concordat/journal';
import { Clock, Database, londonDay } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import { InvolvementView } from './involvement-view.js';
import { readTookPart } from './involvement-view.store.js';

/** Who is about to be asked was asked about the same before, in another agreement: when, and what they gave. It never refuses. */
export interface AskedBeforeWarning extends GivenBefore {
  readonly code: 'asked-before';
  /** The very person who is invited, or people of a group that is. */
  readonly who: 'person' | 'group';
  readonly agreement: string;
  readonly title: string;
  /** What a group was asked at last, and at how many activities in all; null for a person. */
  readonly activityTitle: string | null;
  readonly activities: number | null;
  readonly people: number;
}

const twoYears = 730;
const mostAgreements = 20;

/** What somebody should know who is about to ask people, before they do. */
@Injectable()
export class BeforeAsking {
  constructor(
    private readonly database: Database,
    private readonly journal: Journal,
    private readonly view: InvolvementView,
    private readonly clock: Clock,
  ) {}

  /** Nothing for a command that asks nobody. Only agreements within reach of whoever asks are told of. */
  async warnings(tenant: string, reach: Reach, command: AgreementCommandBody): Promise<readonly AskedBeforeWarning[]> {
    if (command.name !== 'invite-participant' && command.name !== 'plan-activity') return [];
    const [agreement] = await this.agreements(tenant, [command.agreement]);
    return command.name === 'invite-participant' ? this.ofPerson(tenant, reach, agreement!, command.participant) : this.ofGroups(tenant, reach, agreement!, command.groups);
  }

  private async ofPerson(tenant: string, reach: Reach, agreement: Agreement, participant: string): Promise<readonly AskedBeforeWarning[]> {
    const stream = participantStream(participant);
    const { asks } = (await this.journal.load(tenant, [stream])).of(participantFold, stream).state;
    const since = addDays(londonDay(this.clock.now()), -twoYears);
    const within = reach === 'all' ? null : reach.agreements;
    const came = await readTookPart(this.database, tenant, { participant, except: agreement.id, since, limit: mostAgreements, within });
    // An ask that nobody came to leaves no trace but on the person.
    const asked = asks.map((ask) => ask.agreement).filter((id) => id !== agreement.id && (within === null || within.includes(id)));
    const others = await this.agreements(tenant, [...new Set([...came, ...asked])]);
    return others.flatMap((other) => {
      const gave = aboutTheSame(agreement, other) ? givenByPerson(other, participant) : undefined;
      return gave === undefined || gave.lastOn < since ? [] : [{ code: 'asked-before' as const, who: 'person' as const, agreement: other.id, title: other.title, activityTitle: null, activities: null, people: 1, ...gave }];
    });
  }

  private async ofGroups(tenant: string, reach: Reach, agreement: Agreement, groups: readonly string[]): Promise<readonly AskedBeforeWarning[]> {
    const wanted = groups.map(plainWords);
    const before = (await this.view.askedBefore(tenant, reach, agreement)).filter((one) => one.groups.some((group) => wanted.includes(plainWords(group))));
    const others = await this.agreements(tenant, [...new Set(before.map((one) => one.agreement))]);
    return others.flatMap((other) => {
      const asked = before.filter((one) => one.agreement === other.id && activityOf(other, one.activity) !== undefined);
      const held = asked.flatMap(({ activity }) => activityOf(other, activity) ?? []);
      return asked.slice(0, 1).map(({ title, activityTitle, lastOn }) => ({
        code: 'asked-before' as const, who: 'group' as const, agreement: other.id, title, activityTitle, activities: held.length, people: new Set(held.flatMap(peopleOf)).size, lastOn, ...givenAt(other, held),
      }));
    });
  }

  private async agreements(tenant: string, ids: readonly string[]): Promise<readonly Agreement[]> {
    const streams = ids.map(agreementStream);
    const loaded = await this.journal.load(tenant, streams);
    return streams.map((stream) => loaded.of(agreementFold, stream).state);
  }
}
