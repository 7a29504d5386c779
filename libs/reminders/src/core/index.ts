/** The pure door of reminders: who is told what by e-mail. */
export { dayType, dayWordsOf } from './day-come.js';
export * from './notification.js';
export type { Part } from './part.js';
export * from './preference.js';
