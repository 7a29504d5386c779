import * as z from 'zod';

const formats = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ics: 'text/calendar; charset=utf-8',
} as const;

/** A form in which a list can be had. */
export type Format = keyof typeof formats;
const formatNames = Object.keys(formats) as [Format, ...Format[]];
const mediaTypeOf = (format: Format) => formats[format].split(';')[0]!;

/** The forms of a list that has no days in it, and so no calendar. */
export const tableFormats = ['json', 'csv', 'xlsx'] as const satisfies Format[];

const asked = <F extends Format>(offered: readonly F[]) => z.enum(offered as readonly [F, ...F[]]).optional().describe(`wins over the Accept header; ${offered.filter((format) => format !== 'json').join(', ')} hold all that match, not a page`);

/** What a caller may write to choose one. */
export const formatAsked = asked(formatNames);

/** The same for a list without days. */
export const tableFormatAsked = asked(tableFormats);

/** The content type of a list in this form. */
export const contentTypeOf = (format: Format): string => formats[format];

/** The form that is asked for: by name, or the first that `Accept` names; JSON for whoever takes anything. */
export function formatOf<F extends Format = Format>(asked: F | undefined, accept = '', offered: readonly F[] = formatNames as unknown as readonly F[]): F {
  const named = accept.split(',').map((part) => part.split(';')[0]?.trim().toLowerCase());
  return asked ?? named.flatMap((type) => offered.find((format) => mediaTypeOf(format) === type) ?? [])[0] ?? ('json' as F);
}

const fileShown = { schema: { type: 'string' } };

/** How the document tells of a list in the forms it is offered in. `page`: the JSON Schema of one page. */
export function inEveryFormat(page: object, offered: readonly Format[] = formatNames) {
  return {
    status: 200,
    description: 'One page, and the Link header leads to the next; or, in any other format than JSON, all that match',
    content: {
      ...Object.fromEntries(offered.map((format) => [mediaTypeOf(format), format === 'json' ? { schema: page } : format === 'xlsx' ? { schema: { type: 'string', format: 'binary' } } : fileShown])),
    },
  };
}
