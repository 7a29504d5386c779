import { applyDecorators, Controller, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from './documented.js';
import { KeyGuard } from './key.guard.js';
import { QueryGuard } from './query.guard.js';

/** A controller of the JSON API: under `/api/v1`, behind a key, closed to queries its methods do not read, tagged in the document. */
export function ApiV1(path: string, tag: string): ClassDecorator {
  return applyDecorators(Controller(`api/v1/${path}`), UseGuards(KeyGuard, QueryGuard), ApiBearerAuth('key'), ApiTags(tag));
}
