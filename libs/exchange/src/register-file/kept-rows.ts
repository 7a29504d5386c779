import { type ContractFields, ContractRegister, type KeptRow } from '@concordat/register';
import { Injectable } from '@nestjs/common';
import { plain, type RegisterField, type RegisterMapping, registerMappingShape } from './mapping.js';
import { keyOf, readRow } from './read-register.js';

/** A kept row with all that could be read of it, to begin mending it with. */
export interface KeptRowRead {
  readonly row: KeptRow;
  readonly fields: ContractFields;
  /** By what it stands for, the heading of its column, as far as a remembered mapping says. */
  readonly headings: { readonly [F in RegisterField]?: string };
}

/** Rows of registers that could not be used, and how a person makes contracts of them. */
@Injectable()
export class KeptRows {
  constructor(private readonly register: ContractRegister) {}

  /** One row, read by the mapping of its headings; undefined where no such row is open. */
  async read(tenant: string, id: string): Promise<KeptRowRead | undefined> {
    const row = await this.register.keptRow(tenant, id);
    if (row === undefined) return undefined;
    const mapping = (await this.register.rememberedMappings(tenant)).map((one) => registerMappingShape.parse(one)).find((one) => names(one, Object.keys(row.raw))) ?? { columns: {} };
    const headings = Object.fromEntries(Object.entries(mapping.columns).flatMap(([heading, field]) => (field === null ? [] : [[field, heading]])));
    return { row, fields: readRow(row.raw, mapping), headings };
  }

  /**
   * Makes the row the contract a person says it is. One that the register knows by its reference (or title and provider) is changed.
   * @returns the contract's id; undefined where no such row is open.
   */
  mend(tenant: string, { id, fields, by }: { readonly id: string; readonly fields: ContractFields; readonly by: string }): Promise<string | undefined> {
    const key = keyOf(fields);
    if (key === undefined) throw new RangeError('A contract has a title, which says which one it is.');
    return this.register.mendKeptRow(tenant, { id, key, fields, by });
  }
}

function names({ columns }: RegisterMapping, headings: readonly string[]): boolean {
  const known = new Set(Object.keys(columns).map(plain));
  return headings.every((heading) => known.has(plain(heading)));
}
