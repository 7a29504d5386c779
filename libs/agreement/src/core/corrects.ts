import type { Sealed } from '@concordat/platform/core';

/** `why`: of what is on record already, why that was wrong; of what is recorded for the first time, nothing. */
export type Corrects = { readonly why?: string | undefined };

/** The same of what somebody did: why it was wrong may tell of them, and goes with their key. */
export type CorrectsOfSomebody = { readonly why?: Sealed | undefined };
