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
    for (const together of letters(due)) {
      const came = await this.try(this.mail, together, names.get(together[0].person)?.email ?? null);
      for (const notification of together) await settleNotification(this.database, tenant, notification, came);
    }
    if (due.length >= mostInARun) this.doorbell.ring(postBell, tenant);
  }

  /** What came of one letter, for every notification in it. */
  private async try(mail: Mail, together: Together, email: string | null) {
    const [{ event, person }] = together;
    const tries = Math.max(...together.map((one) => one.tries));
    const lines = together.flatMap(({ type, agreement }) => {
      const words = wordsOf(type);
      return words === undefined ? [] : [{ says: words.says, link: `${this.publicUrl}/agreements/${agreement}${words.part}` }];
    });
    const as = (state: NotificationState, more: { readonly waitSeconds?: number; readonly fault?: string } = {}) => {
      const now = this.clock.now();
      return { state, nextAt: new Date(now.getTime() + (more.waitSeconds ?? 0) * 1_000).toISOString(), sentAt: state === 'sent' ? now.toISOString() : null, fault: more.fault ?? null };
    };
    // Whoever has no address reads it in the outbox.
    const [first] = lines;
    if (email === null || first === undefined) return as('kept');
    try {
      const subject = lines.length === 1 ? first.says.replace(/(?<=\.) .*$/, '') : `${lines.length} things to look at`;
      await mail.send({ to: email, subject: `Concordat: ${subject}`, text: this.textOf(lines), id: `${event}.${person}` });
      return as('sent');
    } catch (thrown) {
      // The class of the fault alone: a server's answer may quote the address.
      const fault = (thrown as { code?: string }).code ?? 'unknown';
      const waitSeconds = retries[tries - 1];
      log.warn('a mail could not be sent', { event, fault, givenUp: waitSeconds === undefined });
      return waitSeconds === undefined ? as('failed', { fault }) : as('due', { waitSeconds, fault });
    }
  }

  private textOf(lines: readonly { readonly says: string; readonly link: string }[]): string {
    return [
      ...lines.flatMap(({ says, link }) => [says, link, '']),
      'This mail names nobody. You get it because of what you may do in Concordat; an administrator can change that.',
      `How and when you are told is yours to choose: ${this.publicUrl}/outbox/preferences`,
      '',
    ].join('\n');
  }
}

type Together = readonly [DueNotification, ...DueNotification[]];

/** What goes out in one letter: a digest for each person, and each other notification alone. In the order of their ids, so that a try that is made again has the same id. */
function letters(due: readonly DueNotification[]): readonly Together[] {
  const digests = new Map<string, DueNotification[]>();
  for (const one of due.filter(({ digest }) => digest)) digests.set(one.person, [...(digests.get(one.person) ?? []), one].sort((a, b) => (a.event < b.event ? -1 : 1)));
  return [...digests.values(), ...due.filter(({ digest }) => !digest).map((one) => [one])] as unknown as Together[];
}
