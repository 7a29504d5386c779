import type { Asked } from './asked.js';
import type { ProviderCommandBody } from './core/index.js';

/** The one message of the provider aggregate on the CommandBus. */
export class ProviderCommand {
  constructor(
    readonly command: ProviderCommandBody,
    readonly asked: Asked,
    readonly dryRun = false,
  ) {}
}
