import { Vault } from '@concordat/access';
import { Journal } from '@concordat/journal';
import { upcastBy } from '@concordat/journal/core';
import type { Sealed } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import { agreementFold, agreementStream, asItHappened, type Events } from './core/index.js';

const answered = 'concordat.agreement.contribution-answered.v1';
const aPage = 500;

type Given = Events[typeof answered];

/** The answers that were given to one person alone on these things said, in the order they were given; their words are sealed. */
export async function answersAlone(journal: Journal, tenant: string, agreement: string, contributions: ReadonlySet<string>): Promise<readonly Given[]> {
  const given: Given[] = [];
  for (let after = 0; ; ) {
    const events = await journal.feed(tenant, after, aPage, { stream: agreementStream(agreement), types: [answered, 'concordat.agreement.brought-over.v1'] });
    for (const { type, data } of events.map((event) => asItHappened(upcastBy(agreementFold, event)))) {
      const answer = data as unknown as Given;
      if (type === answered && contributions.has(answer.contribution)) given.push(answer);
    }
    if (events.length < aPage) return given;
    after = events.at(-1)?.position ?? after;
  }
}

/** Every word of these answers. */
export const wordsOf = (given: readonly Given[]): readonly Sealed[] => given.flatMap(({ reasons, changed }) => [reasons, changed]).filter((words) => words !== null);

/** What an answer to one person alone says; `null` where they were erased, and `changed` where nothing was adopted. */
export interface AnswerAlone {
  readonly reasons: string | null;
  readonly changed: string | null;
}

/** What is said to one person alone of what they said, for whoever may read what they said. */
@Injectable()
export class AnswersAlone {
  constructor(
    private readonly journal: Journal,
    private readonly vault: Vault,
  ) {}

  /** The answers that stand, by the id of what was said. */
  async of(tenant: string, agreement: string, contributions: ReadonlySet<string>): Promise<ReadonlyMap<string, AnswerAlone>> {
    if (contributions.size === 0) return new Map();
    const last = new Map((await answersAlone(this.journal, tenant, agreement, contributions)).map((answer) => [answer.contribution, answer]));
    const sealed = wordsOf([...last.values()]);
    const texts = await this.vault.unsealAll(tenant, sealed);
    const opened = new Map(sealed.map((words, at) => [words, texts[at] ?? null]));
    const read = (words: Sealed | null) => (words === null ? null : (opened.get(words) ?? null));
    return new Map([...last].map(([contribution, { reasons, changed }]) => [contribution, { reasons: read(reasons), changed: read(changed) }]));
  }
}
