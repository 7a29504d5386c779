/** The door of pathway: the published documents and calendars, how documents are read, and their JSON Schemas. */
export { readHolidays } from './calendar.js';
export { holidays, pathways, publishedPathways, routes, Shelf } from './published.js';
export { InvalidDocument, readPathway, readRoute } from './read.js';
export type { DocumentProblem } from './read.js';
export { pathwaySchema, routeSchema } from './schema.js';
