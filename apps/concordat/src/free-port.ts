import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

// Far enough to step over a few other programs, near enough that people find it.
const tries = 20;

/** Listens for a moment: the port it got, or why it got none. */
async function listenOn(port: number): Promise<number | string> {
  return new Promise((answer) => {
    const probe = createServer();
    probe.once('error', (fault: NodeJS.ErrnoException) => answer(fault.code ?? fault.message));
    probe.listen(port, () => {
      const { port: got } = probe.address() as AddressInfo;
      probe.close(() => answer(got));
    });
  });
}

/**
 * The port to serve on: the one asked for, or where `orNext` is set the first free one after it; for 0 any free one.
 * It is free now; whoever takes it before us makes the web process fail, and that one says so.
 * @throws Error with a sentence when the port is taken or may not be used.
 */
export async function freePort(port: number, { orNext }: { orNext: boolean }): Promise<number> {
  for (let candidate = port; ; candidate += 1) {
    const got = await listenOn(candidate);
    if (typeof got === 'number') return got;
    if (got !== 'EADDRINUSE') {
      throw new Error(`Port ${candidate} may not be used (${got}). Set PORT to one above 1023.`);
    }
    if (!orNext || candidate - port >= tries || candidate >= 65_535) {
      throw new Error(`Port ${port} is taken by another program. Stop it, or set PORT to a free port.`);
    }
  }
}
