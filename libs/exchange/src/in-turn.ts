/** Work that goes on in the background, one piece at a time; what a piece fails with is thrown by the next call. */
export class InTurn {
  #under: Promise<void> = Promise.resolve();

  async begin(work: () => Promise<void>): Promise<void> {
    await this.#under;
    this.#under = work();
    this.#under.catch(() => undefined); // told when it is awaited
  }

  async end(): Promise<void> {
    await this.#under;
  }
}
