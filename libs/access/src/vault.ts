import { Clock, isUuid, Problem, Sealing } from '@concordat/platform';
import type { Sealed } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import { KeyTree } from './key-tree.js';
import { VaultRows } from './vault.store.js';

/** Text that belongs to a subject: a participant's or a person's id. */
export interface SubjectText {
  readonly subject: string;
  readonly text: string;
}

// The leaf whose key it is sealed with stands before what is sealed.
const leafLength = 8;
// Another process may have destroyed a key; nobody may go on reading with a copy for longer than this.
const cachedFor = 5_000;
const mostCached = 10_000;

/**
 * Seals free text near a person under a key of that person's own, each text with a leaf of it (docs/adr/0023). The keys stand in
 * `access.vault_key`, sealed under the installation's key. Destroying one erases everything sealed with it, and destroying a leaf one text,
 * backups of the journal included, while the hash chain, which covers the sealed text, still verifies.
 */
@Injectable()
export class Vault {
  readonly #cache = new Map<string, { readonly since: number; readonly tree: KeyTree }>();
  #destroyed = 0;

  constructor(
    private readonly rows: VaultRows,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /**
   * Seals one text, making the subject's key if there is none yet. `subject` is a UUID in lower case.
   * @throws Problem 422 `vault.erased` for a subject whose key was destroyed.
   */
  async sealFor(tenant: string, subject: string, text: string): Promise<Sealed> {
    const [sealed] = await this.sealAll(tenant, [{ subject, text }]);
    return sealed!;
  }

  /**
   * Seals many texts in the order given, with one look-up for all their keys.
   * @throws Problem 422 `vault.erased` when one subject's key was destroyed; nothing is sealed then.
   */
  async sealAll(tenant: string, texts: readonly SubjectText[]): Promise<readonly Sealed[]> {
    const keys = await this.#keys(tenant, texts.map(({ subject }) => subject), 'make');
    return texts.map(({ subject, text }) => {
      const tree = keys.get(subject);
      if (tree === undefined) throw erased(subject);
      const leaf = tree.draw();
      return { subject, sealed: `${leaf}${new Sealing(tree.keyOf(leaf)!).seal(text, bound(tenant, subject))}` };
    });
  }

  /**
   * Reads one text; nothing when its subject was erased, or it alone was destroyed.
   * @throws SealBroken when the text was changed or belongs to another subject or tenant.
   */
  async unseal(tenant: string, sealed: Sealed): Promise<string | undefined> {
    const [text] = await this.unsealAll(tenant, [sealed]);
    return text;
  }

  /** Reads many texts in the order given, with one look-up for all their keys; `undefined` where the subject was erased, or the text was destroyed. */
  async unsealAll(tenant: string, texts: readonly Sealed[]): Promise<readonly (string | undefined)[]> {
    const keys = await this.#keys(tenant, texts.map(({ subject }) => subject), 'find');
    return texts.map(({ subject, sealed }) => {
      const key = keys.get(subject)?.keyOf(leafOf(sealed));
      return key && new Sealing(key).open(sealed.slice(leafLength), bound(tenant, subject)).toString('utf8');
    });
  }

  /**
   * Destroys a subject's key: erasure. It cannot be undone and no new key is ever made for the subject. Other processes
   * stop reading within five seconds. Recording that it was done is the caller's part.
   */
  async destroyKey(tenant: string, subject: string): Promise<void> {
    await this.rows.destroy(tenant, subject, this.clock.now());
    this.#destroyed += 1;
    this.#cache.delete(`${tenant}/${subject}`);
  }

  /**
   * Destroys one text: its leaf of the subject's key, which goes on opening all others. It cannot be undone. Other processes stop reading
   * within five seconds. Doing it again, or after the key itself was destroyed, changes nothing.
   */
  async destroyText(tenant: string, { subject, sealed }: Sealed): Promise<void> {
    await this.rows.change(tenant, subject, (sealedKey) => {
      const tree = this.#treeOf(tenant, subject, sealedKey);
      return this.#sealTree(tenant, subject, tree.without(leafOf(sealed)));
    });
    this.#destroyed += 1;
    this.#cache.delete(`${tenant}/${subject}`);
  }

  #treeOf(tenant: string, subject: string, sealedKey: string): KeyTree {
    return KeyTree.from(this.sealing.open(sealedKey, bound(tenant, subject)));
  }

  #sealTree(tenant: string, subject: string, tree: KeyTree): string {
    return this.sealing.seal(tree.kept(), bound(tenant, subject));
  }

  /** Those of these subjects whose key was destroyed. */
  async erased(tenant: string, subjects: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.rows.find(tenant, subjects);
    return new Set([...found].flatMap(([subject, sealedKey]) => (sealedKey === null ? [subject] : [])));
  }

  async #keys(tenant: string, subjects: readonly string[], whenAbsent: 'make' | 'find'): Promise<ReadonlyMap<string, KeyTree>> {
    const now = this.clock.now().getTime();
    const keys = new Map<string, KeyTree>();
    const unknown = new Set<string>();
    for (const subject of subjects) {
      // PostgreSQL would give it back in lower case, and its key would seem destroyed.
      if (!isUuid(subject) || subject !== subject.toLowerCase()) throw new TypeError('Whom a text is sealed for is named by a UUID in lower case.');
      const cached = this.#cache.get(`${tenant}/${subject}`);
      if (cached && now >= cached.since && now < cached.since + cachedFor) keys.set(subject, cached.tree);
      else unknown.add(subject);
    }
    if (unknown.size === 0) return keys;

    const destroyed = this.#destroyed;
    let found = await this.rows.find(tenant, [...unknown]);
    const absent = [...unknown].filter((subject) => !found.has(subject));
    if (whenAbsent === 'make' && absent.length > 0) {
      const made = absent.map((subject) => ({ subject, sealedKey: this.#sealTree(tenant, subject, KeyTree.grow()) }));
      await this.rows.insert(tenant, made, this.clock.now());
      // Someone else may have made one at the same moment; what stands in the table counts.
      found = await this.rows.find(tenant, [...unknown]);
    }
    for (const [subject, sealedKey] of found) {
      if (sealedKey === null) continue;
      const tree = this.#treeOf(tenant, subject, sealedKey);
      keys.set(subject, tree);
      // A key read before one was destroyed may be that very one: use it for this call, but do not keep it.
      if (destroyed === this.#destroyed) this.#cache.set(`${tenant}/${subject}`, { since: now, tree });
      if (this.#cache.size > mostCached) this.#cache.delete(this.#cache.keys().next().value!);
    }
    return keys;
  }
}

const leafOf = (sealed: string): string => sealed.slice(0, leafLength);

function bound(tenant: string, subject: string): string {
  return `vault ${tenant} ${subject}`;
}

function erased(subject: string): Problem {
  return new Problem({
    status: 422,
    code: 'vault.erased',
    title: 'This person was erased',
    detail: `What was known of ${subject} was erased at their wish, and nothing more can be kept about them under this pseudonym. Record it without them, or ask them to take part anew.`,
  });
}
