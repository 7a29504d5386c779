import type { AgreementCommandBody, Commands, Lifecycle, Period } from '@concordat/agreement/core';
import { concordatNamespace, uuidv5 } from '@concordat/platform';
import type { Contract } from '@concordat/register';

type TakeOver = Extract<AgreementCommandBody, { name: 'take-over-agreement' }>;

/** What a person says of a contract that is taken over; everything else the register knows. `period`: where it does not know it. */
export type TakingOverAsked = Pick<Commands['take-over-agreement'], 'kind' | 'pathway' | 'route' | 'stage' | 'raises'> & { readonly period?: Period | undefined };

/**
 * The agreement that a contract is taken over as: one for each, however often it is asked; and another where the one it was taken over
 * as was cancelled.
 */
export function takenOverAs(tenant: string, { id, agreement }: Pick<Contract, 'id' | 'agreement'>, lifecycle: Lifecycle = 'none'): string {
  if (agreement === null) return uuidv5(concordatNamespace, `${tenant}/contract/${id}/agreement`);
  return lifecycle === 'cancelled' ? uuidv5(concordatNamespace, `${tenant}/contract/${id}/agreement after ${agreement}`) : agreement;
}

/** The command that takes a contract of the register over: with its title, value, reference and period, and the row as its source. */
export function takeOverOf(contract: Contract, agreement: string, { period: said, ...asked }: TakingOverAsked): TakeOver {
  const { title, value, reference, startsOn, endsOn, source } = contract;
  const short = (text: string) => text.trim().slice(0, 200).toWellFormed();
  const period = startsOn !== null && endsOn !== null ? { startsOn, endsOn } : said;
  const row = `${source.sheet === null ? '' : `${source.sheet}, `}row ${source.row}`;
  return {
    ...asked,
    name: 'take-over-agreement',
    agreement,
    title: short(title),
    ...(value !== null && { value: { amount: value, currency: 'GBP' } }),
    from: { source: short(source.file), reference: short(reference ?? row) },
    facts: {
      ...(reference !== null && { reference: short(reference) }),
      ...(period !== undefined && { 'contract-period': period }),
    },
  };
}
