import type { Variation } from '@concordat/agreement/core';
import { dayOf, moneyOf } from './words/say.js';

/** What an agreement becomes by a variation. */
export function becomes(to: Variation['to']): string {
  switch (to.is) {
    case 'terms':
      return 'Other terms';
    case 'specification':
      return `Another specification: ${to.specification.title}`;
    case 'longer':
      return `Until ${dayOf(to.endsOn)}`;
    case 'period':
      return `From ${dayOf(to.startsOn)} until ${dayOf(to.endsOn)}`;
    case 'value':
      return `Worth ${moneyOf(to.value)}`;
  }
}
