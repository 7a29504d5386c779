import { applyDecorators, Controller, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from './documented.js';
import { KeyGuard } from './key.guard.js';

/** A controller of the JSON API: under `/api/v1`, behind a key, tagged in the document. */
export function ApiV1(path: string, tag: string): ClassDecorator {
  return applyDecorators(Controller(`api/v1/${path}`), UseGuards(KeyGuard), ApiBearerAuth('key'), ApiTags(tag));
}
