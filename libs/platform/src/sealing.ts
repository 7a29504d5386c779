import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const version = 1;
const ivLength = 12;
const tagLength = 16;

/** The sealed text was changed, cut, moved to another place (other associated text), or sealed with another key. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/**
 * Envelopes of AES-256-GCM (NIST SP 800-38D): base64url of version ‖ iv (12 bytes, random) ‖ tag (16) ‖ ciphertext.
 * The associated text is bound to the envelope without being in it; name there what the text belongs to (tenant, row,
 * purpose), so that an envelope copied to another row does not open.
 */
export class Sealing {
  readonly #key: Buffer;

  /**
   * @param key 32 bytes.
   * @throws RangeError for any other length.
   */
  constructor(key: Buffer) {
    if (key.length !== 32) throw new RangeError(`A sealing key has 32 bytes; this one has ${key.length}.`);
    this.#key = Buffer.from(key);
  }

  /** A new envelope; two envelopes of one text differ. Text is taken as UTF-8. */
  seal(plain: Buffer | string, associated: string): string {
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv, { authTagLength: tagLength });
    cipher.setAAD(associatedBytes(associated));
    const ciphertext = Buffer.concat([typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain), cipher.final()]);
    return Buffer.concat([Buffer.from([version]), iv, cipher.getAuthTag(), ciphertext]).toString('base64url');
  }

  /**
   * What was sealed.
   * @throws SealBroken when anything differs: key, associated text, or one bit of the envelope.
   */
  open(sealed: string, associated: string): Buffer {
    const envelope = Buffer.from(sealed, 'base64url');
    // Node reads base64url leniently; two texts for one envelope would let a changed one pass as untouched.
    if (envelope.toString('base64url') !== sealed || envelope.length < 1 + ivLength + tagLength) {
      throw new SealBroken('This is no sealed text: it is cut short or not base64url.');
    }
    if (envelope[0] !== version) throw new SealBroken(`This text was sealed in form ${envelope[0]}, which this release does not know. Use a newer release.`);
    const tagAt = 1 + ivLength;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, envelope.subarray(1, tagAt), { authTagLength: tagLength });
    decipher.setAAD(associatedBytes(associated));
    decipher.setAuthTag(envelope.subarray(tagAt, tagAt + tagLength));
    try {
      return Buffer.concat([decipher.update(envelope.subarray(tagAt + tagLength)), decipher.final()]);
    } catch (cause) {
      throw new SealBroken('The sealed text does not open: it was changed, it belongs elsewhere, or the key is another one.', { cause });
    }
  }
}

// The version is bound too, so that a later form cannot be passed off as this one.
function associatedBytes(associated: string): Buffer {
  return Buffer.concat([Buffer.from([version]), Buffer.from(associated, 'utf8')]);
}
