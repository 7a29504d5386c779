import { connect, createServer, type Socket } from 'node:net';

/** Stands between the app and PostgreSQL and cuts connections at the worst moment. */
export interface CuttingProxy {
  /** The database's URL through the proxy. */
  readonly url: string;
  /** The next statement of this name is executed, its answer dropped and the connection cut; with `stayDown`, nobody gets through after that. */
  cutAfter(statement: string, o: { stayDown: boolean }): void;
  up(): void;
  close(): Promise<void>;
}

export async function cuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let armed: { statement: string; stayDown: boolean } | undefined;
  let down = false;
  const server = createServer((client) => {
    if (down) return client.destroy();
    const upstream = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let doomed = false;
    client.on('data', (bytes) => {
      if (armed && bytes.includes(`${armed.statement}\0`)) {
        doomed = true;
        down = armed.stayDown;
        armed = undefined;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => (doomed ? client.destroy() : client.write(bytes)));
    return undefined;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    cutAfter: (statement, { stayDown }) => {
      armed = { statement, stayDown };
    },
    up: () => {
      down = false;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
