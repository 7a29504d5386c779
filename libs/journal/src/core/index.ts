/** The pure door of journal: what a decision is, and how a stream is folded. */
export type { Decision, Missing, Refusal } from './decision.js';
export { accept, refuse } from './decision.js';
export { upcastBy } from './event.js';
export type { EventMeta, Fold, NewEvent, RecordedEvent, Upcast } from './event.js';
