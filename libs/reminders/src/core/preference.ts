/** What somebody is told about, as they choose how to hear of it. */
export const notificationKinds = ['concern', 'asked', 'people', 'progress'] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** How one hears of it by mail; the outbox shows it whichever it is. */
export type MailWay = 'at-once' | 'digest' | 'never';

/**
 * The ways there are for each kind. A concern is to be passed on the same working day, so that it is always mailed at once, in
 * quiet hours too; what is asked of somebody by name or right can wait for a digest, and cannot be switched off.
 */
export const waysOf = {
  concern: ['at-once'],
  asked: ['at-once', 'digest'],
  people: ['at-once', 'digest', 'never'],
  progress: ['at-once', 'digest', 'never'],
} as const satisfies Readonly<Record<NotificationKind, readonly MailWay[]>>;

/** A time of day in Europe/London, `HH:MM`. */
export type TimeOfDay = string;

/** Hours in which nothing is mailed but concerns: from the first up to the second, over midnight where that is earlier. */
export interface QuietHours {
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
}

/** How somebody wishes to be told by mail. */
export interface Preference {
  readonly ways: { readonly [K in NotificationKind]: (typeof waysOf)[K][number] };
  readonly quiet: QuietHours | null;
}

/** Until somebody wishes it otherwise: everything at once. */
export const usualPreference: Preference = { ways: { concern: 'at-once', asked: 'at-once', people: 'at-once', progress: 'at-once' }, quiet: null };

/** Digests go out at this time of day in Europe/London. */
export const digestAt: TimeOfDay = '08:00';

/** Is it this time of day within the quiet hours? */
export function isQuiet({ from, to }: QuietHours, at: TimeOfDay): boolean {
  return from < to ? at >= from && at < to : at >= from || at < to;
}
