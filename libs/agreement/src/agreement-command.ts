import type { Asked } from '@concordat/access';
import type { AgreementCommandBody } from './core/index.js';

/**
 * The one message of the agreement aggregate on the CommandBus. `command` is plain JSON with its free text sealed.
 */
export class AgreementCommand {
  constructor(
    readonly command: AgreementCommandBody,
    readonly asked: Asked,
    readonly dryRun = false,
  ) {}
}
