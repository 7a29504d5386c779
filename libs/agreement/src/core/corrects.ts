/** `why`: of what is on record already, why that was wrong; of what is recorded for the first time, nothing. */
export type Corrects = { readonly why?: string | undefined };
