import { Vault } from '@concordat/access';
import { type Actor, may } from '@concordat/access/core';
import { Agreements, AnswersAlone } from '@concordat/agreement';
import { type Agreement, circleOf, type CommandName, type Contribution, everythingSaid, mayBeReadBy } from '@concordat/agreement/core';
import { Injectable } from '@nestjs/common';
import { codeOf, upper } from './words/say.js';

/** Commands on whose form stands what people said, as far as whoever fills it in may read it. */
const aboutWords: ReadonlySet<CommandName> = new Set<CommandName>(['triage-contribution', 'pass-on-concern', 'put-in-theme', 'create-theme', 'answer-theme', 'answer-contribution', 'check-answer', 'note-late-entries']);
const mostRead = 500;
const mostInTheme = 20;
const longest = 400;

const notRead = 'the words stand on the page of involvement';
const quoted = (text: string | undefined): string => (text === undefined ? 'the words were erased' : `“${text.length > longest ? `${text.slice(0, longest)}…` : text}”`);

/** What people said and were answered, for the forms on which it is sorted, answered and checked: nobody does that blind. */
@Injectable()
export class WordsAsked {
  constructor(
    private readonly agreements: Agreements,
    private readonly vault: Vault,
    private readonly alone: AnswersAlone,
  ) {}

  /** By the id of what was said, of a concern or of a theme. */
  async of(tenant: string, command: CommandName, agreement: Agreement, actor: Actor, today: string): Promise<ReadonlyMap<string, string>> {
    if (!aboutWords.has(command)) return new Map();
    const circle = circleOf(actor, agreement, today);
    const readable = new Map(everythingSaid(agreement).filter((one) => mayBeReadBy(agreement, one, circle)).map((one) => [one.id, one]));
    const inThemes = agreement.contributions.themes.map(({ id, contributions }) => ({ id, inIt: contributions.filter((one) => readable.has(one)) }));
    const drawn = [...readable.values()].filter(({ checked }) => checked === 'due');
    const about = command === 'answer-theme' ? inThemes.flatMap(({ inIt }) => inIt.slice(0, mostInTheme)) : command === 'check-answer' ? drawn.map(({ id }) => id) : [...readable.keys()];
    const said = await this.said(tenant, agreement, new Set(about));
    switch (command) {
      case 'answer-theme':
        return new Map(inThemes.map(({ id, inIt }) => [id, inTheme(inIt, said)]));
      case 'check-answer':
        return this.withAnswers(tenant, agreement, said, drawn);
      case 'triage-contribution':
      case 'pass-on-concern':
        return may(actor, 'involvement.manage', { agreement: agreement.id }, today) ? new Map([...said, ...(await this.concerns(tenant, agreement))]) : said;
      default:
        return said;
    }
  }

  /** The words of these, which whoever asks may read; of so many that not all are read here, where the others stand. */
  private async said(tenant: string, { id }: Agreement, about: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    if (about.size === 0) return new Map();
    const events = await this.agreements.said(tenant, id, (contribution) => about.has(contribution), 0, mostRead);
    const words = await this.vault.unsealAll(tenant, events.map(({ data }) => data.text));
    const read = new Map(events.map(({ data }, at) => [data.contribution, quoted(words[at])]));
    return new Map([...about].map((one) => [one, read.get(one) ?? notRead]));
  }

  private async concerns(tenant: string, agreement: Agreement): Promise<readonly (readonly [string, string])[]> {
    const sealed = await this.agreements.concerns(tenant, agreement);
    const words = await this.vault.unsealAll(tenant, [...sealed.values()]);
    return [...sealed.keys()].map((concern, at) => [concern, quoted(words[at])]);
  }

  private async withAnswers(tenant: string, agreement: Agreement, said: ReadonlyMap<string, string>, drawn: readonly Contribution[]): Promise<ReadonlyMap<string, string>> {
    const alone = await this.alone.of(tenant, agreement.id, new Set(drawn.filter(({ own }) => (own?.response ?? null) !== null).map(({ id }) => id)));
    const says = (outcome: string, reasons: string, changed: string | null) => `${codeOf(outcome).toLowerCase()}. ${reasons}${changed === null ? '' : ` Changed: ${changed}`}`;
    const answersOf = ({ id, own, themes }: Contribution): readonly string[] => [
      ...agreement.contributions.themes.flatMap(({ id: theme, title, response }) =>
        response === null || !themes.includes(theme) ? [] : [`“${title}” was answered: ${says(response.outcome, response.reasons, 'changed' in response ? response.changed : null)}`],
      ),
      ...(own === null || own.response === null ? [] : [`Answered themselves: ${says(own.response.outcome, alone.get(id)?.reasons ?? 'The words were erased.', alone.get(id)?.changed ?? null)}`]),
    ];
    return new Map(drawn.map((one) => [one.id, [said.get(one.id) ?? notRead, ...answersOf(one)].map(upper).join(' – ')]));
  }
}

const inTheme = (inIt: readonly string[], said: ReadonlyMap<string, string>): string =>
  [...inIt.slice(0, mostInTheme).map((one) => said.get(one) ?? notRead), ...(inIt.length > mostInTheme ? [`and ${inIt.length - mostInTheme} more, on the page of involvement`] : [])].join('; ');
