/** The pure door of reminders: who is told what by e-mail. */
export * from './notification.js';
export * from './preference.js';
