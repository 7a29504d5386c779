import { RegisterImports } from '@concordat/exchange';
import { addDays, type CivilDate } from '@concordat/platform/core';
import type { INestApplicationContext } from '@nestjs/common';

const file = 'contract-register.csv';

/** Days from today on which each ends; what cannot be read stands as it is. Of every urgency one, and what a register always has: no end, and a date that is none. */
const contracts: readonly (readonly [reference: string, title: string, provider: string, lead: string, value: string, ends: number | string])[] = [
  ['CR-101', 'Home care, north', 'Harbour Home Care', 'Adult social care', '£2.4m', 75],
  ['CR-102', 'Extra care housing support', 'Harbour Home Care', 'Adult social care', '£850,000', 400],
  ['CR-103', 'Supported living for people with learning disabilities', 'Meadow Living', 'Adult social care', '£3.1m', 560],
  ['CR-104', 'Independent advocacy', 'Speak Up Together', 'Rights and inclusion', '£120,000', 300],
  ['CR-105', 'Carers’ centre', 'Carers of the Borough', 'Rights and inclusion', '£240,000', 900],
  ['CR-106', 'Night shelter', 'North Trust', 'Housing', '£90k', 'rolling'],
  ['CR-107', 'Meals at home', 'Harbour Home Care', 'Adult social care', '£60,000', '31/31/2027'],
];

/** Brings a register in as a commissioner does: the file, then what its headings mean. Brought again under the same id, it changes nothing. */
export async function bringRegister(parts: INestApplicationContext, tenant: string, brought: { readonly id: string; readonly by: string; readonly today: CivilDate }): Promise<void> {
  const { id, by, today } = brought;
  const rows = contracts.map(([reference, title, provider, lead, value, ends]) => [reference, `"${title}"`, provider, lead, `"${value}"`, typeof ends === 'number' ? addDays(today, ends) : ends].join(','));
  const registers = parts.get(RegisterImports);
  await registers.bring(tenant, { id, by, file, bytes: Buffer.from(['Ref,Contract,Supplier,Lead,Value,Ends', ...rows, ''].join('\n')) });
  await registers.confirm(tenant, { id, by, mapping: { columns: { Ref: 'reference', Contract: 'title', Supplier: 'provider', Lead: 'lead', Value: 'value', Ends: 'endsOn' } } });
}
