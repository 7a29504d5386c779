import { Clock, Database, Problem } from '@concordat/platform';
import { ContractRegister } from '@concordat/register';
import { Injectable } from '@nestjs/common';
import { type HeadingsPlace, importRegisterFile, proposeFor, type RegisterProposal, type RegisterReport } from './import-register-file.js';
import type { RegisterMapping } from './mapping.js';
import { deleteRegister, insertRegister, type KeptRegister, readRegisterImport, writeReport } from './register-imports.store.js';

/** A register somebody brought: it waits for its headings to be confirmed, or it was imported. */
export type RegisterSeen = Pick<KeptRegister, 'id' | 'file' | 'begunAt' | 'begunBy'> &
  ({ readonly state: 'waiting'; readonly proposal: RegisterProposal } | { readonly state: 'imported'; readonly importedAt: string; readonly report: RegisterReport });

/** So many registers of one organisation may wait to be confirmed, each for so long. */
const mostWaiting = 10;
const waitsForMs = 7 * 24 * 3_600_000;

/**
 * Registers that are brought in two steps: the file is kept with a proposal of which heading is what, and imported once somebody
 * has confirmed it. Nothing of it counts before.
 */
@Injectable()
export class RegisterImports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly register: ContractRegister,
  ) {}

  /**
   * Keeps a register until its headings are confirmed. Brought again under the same id, it is the same.
   * @throws RegisterFileUnreadable with a sentence; Problem 429 `import.too-many-waiting`.
   */
  async bring(tenant: string, brought: { readonly id: string; readonly by: string; readonly file: string; readonly bytes: Buffer }): Promise<void> {
    await proposeFor({ register: this.register, tenant, file: brought.file, bytes: brought.bytes });
    const now = this.clock.now();
    const waiting = await insertRegister(this.database, tenant, brought, now, new Date(now.getTime() - waitsForMs));
    if (waiting <= mostWaiting) return;
    await deleteRegister(this.database, tenant, brought.id);
    throw new Problem({
      status: 429,
      code: 'import.too-many-waiting',
      title: 'Too many registers wait to be confirmed',
      detail: `${mostWaiting} registers of your organisation wait for somebody to say which heading is what. Import or give up one of them first. Nothing was kept of this one.`,
      headers: { 'retry-after': '600' },
    });
  }

  /**
   * One register with its proposal or report, or undefined.
   * @param place where somebody says that its headings stand.
   * @throws RegisterFileUnreadable where nothing stands there.
   */
  async find(tenant: string, id: string, place?: HeadingsPlace): Promise<RegisterSeen | undefined> {
    const kept = await readRegisterImport(this.database, tenant, id);
    if (kept === undefined) return undefined;
    const { file, begunAt, begunBy } = kept;
    if (kept.importedAt !== null) return { id, file, begunAt, begunBy, state: 'imported', importedAt: kept.importedAt, report: kept.report };
    const proposal = await proposeFor({ register: this.register, tenant, file, bytes: kept.bytes, ...(place !== undefined && { place }) });
    return { id, file, begunAt, begunBy, state: 'waiting', proposal };
  }

  /**
   * Imports a register by the mapping somebody confirmed, which is remembered for the same headings. Confirmed again, it says
   * what became of it the first time.
   * @returns undefined where no register of this id is here.
   * @throws RegisterFileUnreadable where the mapping does not fit.
   */
  async confirm(tenant: string, { id, by, mapping }: { readonly id: string; readonly by: string; readonly mapping: RegisterMapping }): Promise<RegisterReport | undefined> {
    const kept = await readRegisterImport(this.database, tenant, id);
    if (kept === undefined || kept.importedAt !== null) return kept?.report;
    const done = await importRegisterFile({ register: this.register, tenant, by, file: kept.file, bytes: kept.bytes, map: mapping });
    if (done.outcome !== 'imported') throw new Error(`A register with a mapping was ${done.outcome}.`);
    await writeReport(this.database, tenant, id, done.report, this.clock.now());
    return (await readRegisterImport(this.database, tenant, id))?.report ?? done.report;
  }

  /** Gives up a register that was not imported. Returns whether there was one. */
  drop(tenant: string, id: string): Promise<boolean> {
    return deleteRegister(this.database, tenant, id);
  }
}
