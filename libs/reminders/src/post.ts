import type { PersonNames } from '@concordat/access';
import { type Clock, type Database, type Doorbell, log } from '@concordat/platform';
import { wordsOf } from './core/index.js';
import type { Mail } from './mail.js';
import { claimNotifications, type DueNotification, type NotificationState, settleNotification, tenantsDue } from './notification.store.js';

/** The bell of the post; its ids are tenants. Only a wake-up: what is due stands in rows. */
export const postBell = 'post';

const mostInARun = 50;
const leaseMs = 60_000;
/** Seconds until the next try after each failed one; then it is given up. */
const retries = [60, 600, 3_600, 21_600] as const;

/** Mails what is due. At least once: a worker that dies between mailing and recording leaves a lease that runs out, and the same message id. */
export class Post {
  /** @param mail the mail server, or undefined where there is none: then nothing is ever due. @param publicUrl the origin links lead to. */
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
    private readonly names: PersonNames,
    private readonly mail: Mail | undefined,
    private readonly publicUrl: string,
  ) {}

  /** Rings for every tenant with something due. The worker calls it after its consumers have run, and at every tick. */
  async ringDue(): Promise<void> {
    if (this.mail === undefined) return;
    for (const tenant of await tenantsDue(this.database, this.clock.now().toISOString())) this.doorbell.ring(postBell, tenant);
  }

  /** Mails what is due to one tenant's people, the handler of `postBell`; rings for the rest. */
  async run(tenant: string): Promise<void> {
    if (this.mail === undefined) return;
    const now = this.clock.now();
    const due = await claimNotifications(this.database, tenant, now.toISOString(), new Date(now.getTime() + leaseMs).toISOString(), mostInARun);
    const names = await this.names.of(tenant, [...new Set(due.map(({ person }) => person))]);
    for (const notification of due) await settleNotification(this.database, tenant, notification, await this.try(this.mail, notification, names.get(notification.person)?.email ?? null));
    if (due.length === mostInARun) this.doorbell.ring(postBell, tenant);
  }

  private async try(mail: Mail, { event, person, agreement, type, tries }: DueNotification, email: string | null) {
    const words = wordsOf(type);
    const as = (state: NotificationState, more: { readonly waitSeconds?: number; readonly fault?: string } = {}) => {
      const now = this.clock.now();
      return { state, nextAt: new Date(now.getTime() + (more.waitSeconds ?? 0) * 1_000).toISOString(), sentAt: state === 'sent' ? now.toISOString() : null, fault: more.fault ?? null };
    };
    // Whoever has no address reads it in the outbox.
    if (email === null || words === undefined) return as('kept');
    try {
      await mail.send({ to: email, subject: `Concordat: ${words.says}`, text: this.textOf(agreement, words), id: `${event}.${person}` });
      return as('sent');
    } catch (thrown) {
      // The class of the fault alone: a server's answer may quote the address.
      const fault = (thrown as { code?: string }).code ?? 'unknown';
      const waitSeconds = retries[tries - 1];
      log.warn('a mail could not be sent', { event, fault, givenUp: waitSeconds === undefined });
      return waitSeconds === undefined ? as('failed', { fault }) : as('due', { waitSeconds, fault });
    }
  }

  private textOf(agreement: string, { says, part }: { readonly says: string; readonly part: string }): string {
    return [
      says,
      '',
      `${this.publicUrl}/agreements/${agreement}${part}`,
      '',
      'This mail names nobody. You get it because of what you may do in Concordat; an administrator can change that.',
      '',
    ].join('\n');
  }
}
