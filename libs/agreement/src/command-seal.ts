import { Vault } from '@concordat/access';
import type { Sealed } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import type { AgreementCommandBody } from './core/index.js';
import { type AgreementCommandInput, sealedTexts } from './schemas.js';

/** Seals the free text of a command before the core or an operation's row sees it. */
@Injectable()
export class CommandSeal {
  constructor(private readonly vault: Vault) {}

  /** The command with its text sealed under the keys of those it is near. @throws Problem 422 `vault.erased`. */
  async seal(tenant: string, input: AgreementCommandInput): Promise<AgreementCommandBody> {
    const texts = textsOf(input);
    const sealed = texts.length === 0 ? [] : await this.vault.sealAll(tenant, texts);
    return withSealed(input, texts, sealed);
  }

  /** Does it hold words that are to be sealed? */
  hasWords(input: AgreementCommandInput): boolean {
    return textsOf(input).length > 0;
  }

  /** The command as a dry run needs it: nothing is encrypted and no key is made, because nothing is kept. */
  pretend(input: AgreementCommandInput): AgreementCommandBody {
    const texts = textsOf(input);
    return withSealed(input, texts, texts.map(({ subject }) => ({ subject, sealed: '' })));
  }
}

interface FieldText {
  readonly field: string;
  readonly subject: string;
  readonly text: string;
}

function textsOf(input: AgreementCommandInput): readonly FieldText[] {
  const members = input as unknown as Readonly<Record<string, unknown>>;
  return sealedTexts[input.name].flatMap(({ field, subject }) => {
    const text = members[field];
    return typeof text === 'string' ? [{ field, subject: subject(input), text }] : [];
  });
}

function withSealed(input: AgreementCommandInput, texts: readonly FieldText[], sealed: readonly Sealed[]): AgreementCommandBody {
  return { ...input, ...Object.fromEntries(texts.map(({ field }, at) => [field, sealed[at]])) } as unknown as AgreementCommandBody;
}
