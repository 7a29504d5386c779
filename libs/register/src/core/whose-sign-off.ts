import { type Agreement, partyNow, providerToSign, type SignOff } from '@concordat/agreement/core';

/** An approval waits for its discipline, an acceptance for the very party, once it may hear of that. */
export function whoseSignOff(agreement: Agreement, { discipline, of }: SignOff): string {
  if (of === null) return `sign-off.give:${discipline}`;
  const named = of === 'provider' ? providerToSign(agreement) : agreement.facts[of === 'owner' ? 'sponsor' : 'controller']?.value;
  if (named === undefined) return 'agreement.move';
  return of === 'provider' ? `award.accept:${named}` : `person:${named}`;
}

/** Who is to speak next to a sign-off that waits: these people, whoever holds a role, a provider, or any second person. */
export type WaitsOn = { readonly is: 'people'; readonly people: readonly string[] } | { readonly is: 'role'; readonly role: string } | { readonly is: 'provider'; readonly provider: string } | { readonly is: 'second' };

/** Whoever holds it up: of several asked together those who did not speak to what stands now, one after the other the next of them. Undefined where it waits no more. */
export function waitsOn(agreement: Agreement, id: string): WaitsOn | undefined {
  const signOff = agreement.signOffs.find((one) => one.id === id);
  if (signOff?.answer.is === 'granted') return signOff.voices.some(({ second }) => second.is === 'awaited') ? { is: 'second' } : undefined;
  if (signOff?.answer.is !== 'awaited') return undefined;
  const { panel, discipline, of, voices } = signOff;
  if (panel !== null) {
    const left = panel.of.filter((person) => !voices.some(({ member, version }) => member === person && version === agreement.content[discipline]));
    return { is: 'people', people: panel.quorum.is === 'in-order' ? left.slice(0, 1) : left };
  }
  if (of === null) return { is: 'role', role: `approver:${discipline}` };
  const party = of === 'provider' ? providerToSign(agreement) : partyNow(agreement, of);
  if (party === undefined) return { is: 'role', role: 'commissioner' };
  return of === 'provider' ? { is: 'provider', provider: party } : { is: 'people', people: [party] };
}
