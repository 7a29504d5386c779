import { Problem } from '@concordat/platform';

/** The journal holds an event of a type this release does not know: a newer release wrote it. 503 `release.too-old`; nothing is skipped. */
export class ReleaseTooOld extends Problem {
  override readonly name = 'ReleaseTooOld';

  constructor(type: string, position: number) {
    super({
      status: 503,
      code: 'release.too-old',
      title: 'This release is too old for the record',
      detail: `The event at position ${position} has the type ${type}, which this release does not know. Nothing was skipped and nothing changed: run the newer release that wrote it.`,
      headers: { 'retry-after': '30' },
    });
  }
}
