// Writes docs/conditions.md from the built library. A test fails when the file is stale.
import { writeFileSync } from 'node:fs';
import { conditionsDocument } from './dist/conditions-document.js';
import { pathways, routes } from './dist/index.js';

writeFileSync(new URL('../../docs/conditions.md', import.meta.url), conditionsDocument(pathways.all, routes.all));
