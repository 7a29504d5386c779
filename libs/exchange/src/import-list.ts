import { Database } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { FindingCode } from './core/index.js';
import { type FoundThing, type ImportLine, type ImportMark, type ImportSeen, readFound, readImport, readImports, readProcesses, readRejected, type RejectedRelease, type ToldProcess } from './import-list.store.js';

/** What was imported, by whom, and what came of it. */
@Injectable()
export class ImportList {
  constructor(private readonly database: Database) {}

  /** Imports of releases and of registers, newest first. */
  page(tenant: string, paging: { readonly limit: number; readonly before?: ImportMark }): Promise<ImportLine[]> {
    return readImports(this.database, tenant, paging.limit, paging.before);
  }

  /** One import of releases, or undefined. */
  find(tenant: string, id: string): Promise<ImportSeen | undefined> {
    return readImport(this.database, tenant, id);
  }

  /** Releases that could not be taken, in the order they stood. */
  rejected(tenant: string, id: string, paging: { readonly limit: number; readonly after?: number }): Promise<RejectedRelease[]> {
    return readRejected(this.database, tenant, id, paging.limit, paging.after ?? -1);
  }

  /** Processes that it told something of, by ocid. */
  processes(tenant: string, id: string, paging: { readonly limit: number; readonly after?: string }): Promise<ToldProcess[]> {
    return readProcesses(this.database, tenant, id, paging.limit, paging.after ?? '');
  }

  /** What was found of one code, by ocid. */
  found(tenant: string, id: string, code: FindingCode, paging: { readonly limit: number; readonly after?: { readonly ocid: string; readonly about: string } }): Promise<FoundThing[]> {
    return readFound(this.database, tenant, id, code, paging.limit, paging.after ?? { ocid: '', about: '' });
  }
}
