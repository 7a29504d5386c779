import { figureOf, said, shown } from './figures.js';
import type { Ground } from './ground.js';
import { WebProcess } from './web-process.js';

const bars = { readyMs: 2_000, residentMb: 250 };
const idleForMs = 1_000;

/**
 * B8 in part: the web process from its start to the first 200 of /health/ready, on a migrated database that runs, and its
 * memory once it has stood idle for a second. Returns the lines to print and the last process started.
 */
export async function coldStart(ground: Ground, times: number): Promise<{ lines: string; web: WebProcess }> {
  const ready: number[] = [];
  const processor: number[] = [];
  const note = ({ readyAfterMs, readyProcessorMs }: WebProcess) => {
    ready.push(readyAfterMs);
    if (readyProcessorMs !== undefined) processor.push(readyProcessorMs);
  };
  let web = await WebProcess.start(ground.environment);
  note(web);
  while (ready.length < times) {
    await web.stop();
    web = await WebProcess.start(ground.environment);
    note(web);
  }
  const [first, second] = [await web.page('/sign-in'), await web.page('/sign-in')];
  await new Promise((wake) => setTimeout(wake, idleForMs));
  const resident = await web.residentMb();
  const readyFigure = figureOf(ready);
  const lines =
    `B8   cold start of web to its first 200: ${shown(readyFigure)} ms in ${times} starts; bar ${bars.readyMs} ms: ${said(readyFigure.median <= bars.readyMs)}` +
    (processor.length > 0 ? `; ${shown(figureOf(processor))} ms of processor time\n` : '\n') +
    `B8   its first page after that, ever: ${first.totalMs.toFixed(0)} ms; the second ${second.totalMs.toFixed(0)} ms\n` +
    (resident === undefined
      ? 'B8   idle RSS of web: not measured, because there is no ps here that tells it\n'
      : `B8   idle RSS of web: ${resident.toFixed(0)} MB; bar ${bars.residentMb} MB: ${said(resident <= bars.residentMb)}\n`);
  return { lines, web };
}
