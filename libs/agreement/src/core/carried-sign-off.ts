import { acceptingProvider } from './acceptance.js';
import type { Agreement } from './agreement.js';
import type { Content } from './content.js';
import type { SignOff } from './sign-off.js';

/**
 * A sign-off of an agreement that is split, as each contract of it begins with it: what was granted is not asked for again, what was
 * refused is not forgotten, and whatever it was granted on condition of is owed in every contract, so that none is lost.
 */
export type CarriedSignOff = Omit<SignOff, 'fromAgreement' | 'answer'> & { readonly answer: Extract<SignOff['answer'], { readonly is: 'granted' | 'refused' }> };

/**
 * Those of the whole that go along with the contract that this provider leads. One that stands is bound to what the contract rests on
 * as it begins (`content`): the parts are what was signed for. One that is stale stays so. A provider accepts for what it leads alone,
 * and what nobody answered yet is asked for anew.
 */
export function signOffsAlong(whole: Agreement, lead: string, content: Content): readonly CarriedSignOff[] {
  return whole.signOffs.flatMap(({ fromAgreement: _, answer, ...signOff }): readonly CarriedSignOff[] => {
    const { discipline, of, voices } = signOff;
    if ((answer.is !== 'granted' && answer.is !== 'refused') || (of === 'provider' && acceptingProvider(whole) !== lead)) return [];
    const readHere = <V extends { readonly version: string }>(one: V): V => (one.version === whole.content[discipline] ? { ...one, version: content[discipline] } : one);
    return [{ ...signOff, voices: voices.map(readHere), answer: readHere(answer) }];
  });
}
