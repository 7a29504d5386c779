import type { ElectionTime } from './core/index.js';

/** The times before elections in which an organisation holds back what it publishes. It sets them for its renewals; whoever composes a process hands them in. */
export abstract class ElectionTimes {
  abstract of(tenant: string): Promise<readonly ElectionTime[]>;
}
