import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider's server on loopback that takes everything it is sent. */
export interface Receiver {
  readonly url: string;
  /** Bodies as they arrived, without the handshake. */
  readonly bodies: string[];
  close(): void;
}

export async function receiver(): Promise<Receiver> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'POST') bodies.push(Buffer.concat(chunks).toString('utf8'));
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    bodies,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
