import type { Asked } from '@concordat/access';
import type { PublishPathway } from './core/index.js';

/** The one message about an organisation's own pathways on the CommandBus. */
export class PathwayCommand {
  constructor(
    readonly command: PublishPathway,
    readonly asked: Asked,
    readonly dryRun = false,
  ) {}
}
