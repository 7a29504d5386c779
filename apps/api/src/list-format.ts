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

/** What a caller may write to choose one. */
export const formatAsked = z.enum(formatNames).optional().describe('wins over the Accept header; csv, xlsx and ics hold all that match, not a page');

/** The content type of a list in this form. */
export const contentTypeOf = (format: Format): string => formats[format];

/** The form that is asked for: by name, or the first that `Accept` names; JSON for whoever takes anything. */
export function formatOf(asked: Format | undefined, accept = ''): Format {
  const named = accept.split(',').map((part) => part.split(';')[0]?.trim().toLowerCase());
  return asked ?? named.flatMap((type) => formatNames.find((format) => mediaTypeOf(format) === type) ?? [])[0] ?? 'json';
}

const fileShown = { schema: { type: 'string' } };

/** How the document tells of a list in all its forms. `page`: the JSON Schema of one page. */
export function inEveryFormat(page: object) {
  return {
    status: 200,
    description: 'One page, and the Link header leads to the next; or, in any other format than JSON, all that match',
    content: {
      [mediaTypeOf('json')]: { schema: page },
      [mediaTypeOf('csv')]: fileShown,
      [mediaTypeOf('xlsx')]: { schema: { type: 'string', format: 'binary' } },
      [mediaTypeOf('ics')]: fileShown,
    },
  };
}
