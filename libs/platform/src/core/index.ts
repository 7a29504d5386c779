/** The pure door of platform: JSON, its canonical form, civil dates and sealed text. */
export type { Json, JsonObject } from './json.js';
export { canonical } from './json.js';
export type { CivilDate } from './civil-date.js';
export { addDays, daysBetween, isCivilDate, isRecordableDate, monthsAfter, weekday } from './civil-date.js';
export type { Sealed } from './sealed.js';
