import type { MigrationClass } from '@concordat/platform';
import { migrations as access } from '@concordat/access';
import { migrations as agreement } from '@concordat/agreement';
import { migrations as exchange } from '@concordat/exchange';
import { migrations as journal } from '@concordat/journal';
import { migrations as register } from '@concordat/register';
import { migrations as reminders } from '@concordat/reminders';
import { migrations as webhooks } from '@concordat/webhooks';

/** Every step of every lib's schema. Their names' timestamps order them, not this list. */
export const migrations: readonly MigrationClass[] = [...journal, ...access, ...agreement, ...register, ...reminders, ...exchange, ...webhooks];
