/** The door of pathway: the published documents and calendars, how documents are read, their JSON Schemas, and own versions. */
export { readHolidays } from './calendar.js';
export { eventSchemas, ownCalendarShape } from './event-schemas.js';
export { OwnCalendars } from './own-calendars.js';
export { OwnPathways } from './own-pathways.js';
export { PathwayCommand } from './pathway-command.js';
export { PathwayHandler } from './pathway.handler.js';
export { holidays, pathways, PathwayShelf, publishedPathways, routes, Shelf } from './published.js';
export { InvalidDocument, readPathway, readRoute } from './read.js';
export type { DocumentProblem } from './read.js';
export { pathwaySchema, routeSchema } from './schema.js';
