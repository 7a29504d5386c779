import type { FastifyReply } from 'fastify';

const forms = {
  csv: { text: 'CSV', type: 'text/csv; charset=utf-8' },
  xlsx: { text: 'Excel', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  json: { text: 'JSON', type: 'application/json; charset=utf-8' },
  ics: { text: 'Calendar', type: 'text/calendar; charset=utf-8' },
} as const;

/** A form in which a list can be taken along. */
export type FileForm = keyof typeof forms;

/** Every form, and those of a list that has no days in it. */
export const fileForms = ['csv', 'xlsx', 'json', 'ics'] as const satisfies FileForm[];
export const tableForms = ['csv', 'xlsx', 'json'] as const satisfies FileForm[];

/** The links to a list in these forms. @param address where it is had, with whatever narrows it. */
export function fileLinks(address: string, offered: readonly FileForm[] = fileForms): readonly { readonly text: string; readonly href: string }[] {
  return offered.map((form) => ({ text: forms[form].text, href: `${address}${address.includes('?') ? '&' : '?'}format=${form}` }));
}

/** Sends a list as a file that nobody keeps on the way. @param name of the file, without its ending. */
export async function sendFile(reply: FastifyReply, name: string, form: FileForm, content: string | Buffer): Promise<void> {
  await reply.header('cache-control', 'no-store').header('content-disposition', `attachment; filename="${name}.${form}"`).type(forms[form].type).send(content);
}
