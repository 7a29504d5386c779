/** Tells people by e-mail what waits for them: who is told stands in one table, what is due in rows, and mail names nobody. */
export { Days } from './days.js';
export { Mail } from './mail.js';
export type { Letter } from './mail.js';
export { notificationsConsumer, notificationsName } from './notification.consumer.js';
export { notificationsAsCsv, notificationsAsXlsx } from './notification-export.js';
export type { NotificationRow, NotificationState } from './notification.store.js';
export { Outbox } from './outbox.js';
export { Post, postBell } from './post.js';
export { preferenceShape, Preferences } from './preference.store.js';
export { migrations } from './reminders.migration.js';
