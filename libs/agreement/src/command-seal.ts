import { Vault } from '@concordat/access';
import type { Sealed } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import { type AgreementCommandBody, takenOfErased } from './core/index.js';
import { type AgreementCommandInput, sealedTexts } from './schemas.js';

/** Seals the free text of a command before the core or an operation's row sees it. */
@Injectable()
export class CommandSeal {
  constructor(private readonly vault: Vault) {}

  /** The command with its text sealed under the keys of those it is near; what is said to whoever was erased is kept nowhere. @throws Problem 422 `vault.erased`. */
  async seal(tenant: string, input: AgreementCommandInput): Promise<AgreementCommandBody> {
    const texts = textsOf(input);
    const erased = takenOfErased.includes(input.name) ? await this.vault.erased(tenant, texts.map(({ subject }) => subject)) : new Set();
    const kept = texts.filter(({ subject }) => !erased.has(subject));
    const sealed = kept.length === 0 ? [] : await this.vault.sealAll(tenant, kept);
    return withSealed(this.pretend(input) as unknown as AgreementCommandInput, kept, sealed);
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

type Members = Readonly<Record<string, unknown>>;

interface FieldText {
  readonly field: string;
  readonly subject: string;
  readonly text: string;
}

function textsOf(input: AgreementCommandInput): readonly FieldText[] {
  return sealedTexts[input.name].flatMap(({ field, subject }) => {
    const text = field.split('.').reduce<unknown>((within, name) => (within as Members | undefined)?.[name], input);
    return typeof text === 'string' ? [{ field, subject: subject(input), text }] : [];
  });
}

function withSealed(input: AgreementCommandInput, texts: readonly FieldText[], sealed: readonly Sealed[]): AgreementCommandBody {
  const body = texts.reduce<Members>((within, { field }, at) => withMember(within, field.split('.'), sealed[at]), input as unknown as Members);
  return body as unknown as AgreementCommandBody;
}

function withMember(members: Members, [name = '', ...way]: readonly string[], value: unknown): Members {
  return { ...members, [name]: way.length === 0 ? value : withMember(members[name] as Members, way, value) };
}
