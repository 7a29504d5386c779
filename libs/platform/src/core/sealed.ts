/**
 * Free text near a person, encrypted before it reaches the core. `subject` names the key (a participant or person id):
 * destroying that key erases the text, and the hash chain, which covers the ciphertext, still verifies.
 * `sealed` is base64url of version ‖ iv ‖ tag ‖ ciphertext (AES-256-GCM).
 */
export type Sealed = {
  readonly subject: string;
  readonly sealed: string;
};
