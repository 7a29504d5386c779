import { isHere } from './above.js';
import { themeOf } from './answering.js';
import { contributionOf } from './contribution.js';
import { wishesNotToHear } from './owed-word.js';
import { type AgreementEvent, happened } from './event.js';
import type { States } from './topic.js';

/**
 * What is put in an adopted theme that other agreements carry on, each after the last, is carried on with it: whoever said it hears there if it is
 * undone. An agreement that went to a successor has it no more.
 */
export function alsoCarriedOn({ agreement, others }: Pick<States, 'agreement' | 'others'>, theme: string, added: readonly string[]): readonly AgreementEvent[] {
  const authors = [...new Set(added.flatMap((one) => contributionOf(agreement, one)?.author ?? []))].filter((author) => !wishesNotToHear(agreement, author));
  const from = (id: string | null, met: readonly string[]): readonly AgreementEvent[] => {
    const one = id === null || met.includes(id) ? undefined : others[id];
    const carried = one?.carried.find((it) => it.id === theme);
    if (one === undefined || carried === undefined || !isHere(one)) return [];
    const more = authors.filter((author) => !carried.authors.includes(author));
    const word = { theme, title: carried.title, changed: carried.changed, authors: more };
    const heard = more.length === 0 ? [] : [happened(one.id, 'concordat.agreement.carried-on.v1', { from: carried.from, themes: [word], commitments: [] })];
    return [...heard, ...from(carried.goesOnIn, [...met, one.id])];
  };
  return from(themeOf(agreement, theme)?.goesOnIn ?? null, []);
}
