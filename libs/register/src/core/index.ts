/** The pure door of register: when renewing a contract must begin, and what is in the way. */
export * from './latest-safe-start.js';
export * from './renewal-settings.js';
export { type DayKind, dayKinds, type KeptKind, type Work, type WorkKind } from './work-kind.js';
export { isOver, type Ruled, workBegins, workIn } from './work.js';
export { answeringIn, whoseStill } from './whose-still.js';
export * from './stuck.js';
export * from './waiver-teams.js';
export { type WaitsOn, waitsOn } from './whose-sign-off.js';
