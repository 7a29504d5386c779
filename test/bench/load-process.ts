// The load, in a process of its own so that its work is not counted as the server's. Told by messages what to send.
import { Connection } from './connection.js';
import type { LoadOrder, LoadReport } from './load.js';
import { type Acknowledged, moveOn, requestFor, type Standing } from './transition.js';

/** Each client sends its next command when the last was answered: as fast as the server lets it (closed loop). */
async function closedLoop(order: LoadOrder): Promise<LoadReport> {
  const connections = await Promise.all(order.standings.map(() => Connection.open(order.port)));
  const acknowledged: Acknowledged[] = [];
  const latencies: number[] = [];
  const from = performance.now() + order.warmUpMs;
  const until = from + order.measureMs;
  await Promise.all(
    order.standings.map(async (standing, at) => {
      for (let now = performance.now(); now < until; ) {
        acknowledged.push(await once(connections[at]!, standing, order.key));
        const answered = performance.now();
        if (now >= from && answered <= until) latencies.push(answered - now);
        now = answered;
      }
    }),
  );
  for (const connection of connections) connection.close();
  return { acknowledged, latencies, perSecond: latencies.length / (order.measureMs / 1000) };
}

/**
 * Commands fall due at a fixed rate, whether or not the server keeps up, and latency counts from when one fell due: a server
 * that stops for a moment is charged for everybody who waited.
 */
async function openLoop(order: LoadOrder, perSecond: number): Promise<LoadReport> {
  const connections = await Promise.all(order.standings.map(() => Connection.open(order.port)));
  const acknowledged: Acknowledged[] = [];
  const latencies: number[] = [];
  const begin = performance.now();
  const measured = Math.floor((order.measureMs / 1000) * perSecond);
  let next = 0;
  await Promise.all(
    order.standings.map(async (standing, at) => {
      while (next < measured) {
        const due = begin + (next++ * 1000) / perSecond;
        const early = due - performance.now();
        if (early > 0) await new Promise((wake) => setTimeout(wake, early));
        acknowledged.push(await once(connections[at]!, standing, order.key));
        latencies.push(performance.now() - due);
      }
    }),
  );
  const seconds = (performance.now() - begin) / 1000;
  for (const connection of connections) connection.close();
  return { acknowledged, latencies, perSecond: latencies.length / seconds };
}

/** @throws Error for any answer but 200: a load that is refused measures nothing. */
async function once(connection: Connection, standing: Standing, key: string): Promise<Acknowledged> {
  const { status, body } = await connection.exchange(requestFor(standing, key));
  if (status !== 200) throw new Error(`${standing.turn} was answered with ${status}: ${body}`);
  const answer = JSON.parse(body) as Acknowledged;
  moveOn(standing, answer);
  return answer;
}

process.on('message', (order: LoadOrder) => {
  const run = order.perSecond === undefined ? closedLoop(order) : openLoop(order, order.perSecond);
  run.then(
    (report) => process.send!({ report }),
    (fault: unknown) => process.send!({ fault: fault instanceof Error ? fault.message : String(fault) }),
  );
});
