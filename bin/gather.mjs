// Puts what serves, web and worker with the libraries they load at their start, into a few files: a start is hardly anything
// but finding, opening and joining files. What a module does and when stays Node's: nothing is left out or shortened. See ADR 24.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Where the few files are, from the folder of the clone. */
export const serving = 'apps/concordat/dist/serving';

const entries = { web: 'apps/concordat/dist/web.js', worker: 'apps/concordat/dist/worker.js' };

// Loaded late, or never, or found by their path: they stay where npm put them.
const apart = new Set(['bullmq', 'govuk-frontend', 'ioredis', 'nodemailer', 'nunjucks', 'pg', 'prom-client', 'read-excel-file', 'typeorm', 'undici', 'write-excel-file']);
// Nest asks for these, and does without.
const absent = /^@nestjs\/(microservices|websockets|platform-express|platform-socket\.io)|^@grpc\/|^class-(transformer|validator)|^@fastify\/(multipart|static|view)|^@css-inline\//;

const isPath = (id) => /^[./\\]|^[a-z]:[\\/]/i.test(id);
const packageOf = (id) => /^(@[^/]+\/)?[^/]+/.exec(id)[0];

/** A file that asks where it stands, because something stands beside it, is told where it stood. */
const whereItStood = (folder) => ({
  name: 'where-it-stood',
  transform(code, id) {
    if (!code.includes('import.meta.url')) return null;
    const stood = relative(join(folder, serving), id).replaceAll('\\', '/');
    return { code: code.replaceAll('import.meta.url', `new URL(${JSON.stringify(stood)}, import.meta.url).href`), map: null };
  },
});

/**
 * @param folder of the clone, compiled.
 * @returns each file's name and content, whatever others ask for before them; none where nothing serves (a folder of a test).
 * @throws Error of the bundler, which names the file and the place.
 */
export async function gather(folder) {
  const input = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(folder, path)]));
  if (!Object.values(input).every((path) => existsSync(path))) return [];
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    cwd: folder,
    input,
    platform: 'node',
    treeshake: false,
    // Types that decorators note and that are no values: `z.infer`.
    checks: { importIsUndefined: false },
    external: (id) => !isPath(id) && (absent.test(id) || apart.has(packageOf(id))),
    plugins: [whereItStood(folder)],
  });
  try {
    const { output } = await bundle.generate({
      format: 'esm',
      keepNames: true,
      // A text with one letter outside ASCII takes twice the memory for as long as the process lives.
      charset: 'ascii',
      comments: { legal: false, annotation: false, jsdoc: false },
      chunkFileNames: ({ name, isDynamicEntry }) => `${isDynamicEntry ? name : 'shared'}-[hash].js`,
    });
    return output.toSorted((a, b) => Number(a.isEntry) - Number(b.isEntry)).map(({ fileName, code }) => [fileName, code]);
  } finally {
    await bundle.close();
  }
}
