import { expect, test } from '@jest/globals';
import { deliveryView, initialAgreement } from '@concordat/agreement/core';
import { deliveryAsCsv } from './delivery-export.js';

test('an obligation that was withdrawn stands in the table as it does on the page, with the day and the reason', () => {
  const delivered = deliveryView(initialAgreement, '2026-06-01');
  const withdrawn = [{ ...({ obligation: 'o', provider: null, by: null } as object), what: 'A report each month', on: '2026-05-20', reason: 'Typed twice.' }] as never;
  expect(deliveryAsCsv({ ...delivered, withdrawn }).split('\r\n')[1]).toBe('Obligation,A report each month,2026-05-20,,,,,withdrawn,Typed twice.');
});
