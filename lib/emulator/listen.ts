import type { Server } from 'node:net';

/**
 * Opens one port on 127.0.0.1 and, where the machine has it, on ::1, since `localhost` may mean either.
 * Port 0 lets the system choose. Rejects with EADDRINUSE when someone else has the port.
 */
export async function listen(
  makeServer: () => Server,
  port: number,
): Promise<{ port: number; servers: Server[] }> {
  const first = makeServer();
  const bound = await open(first, port, '127.0.0.1');
  const second = makeServer();
  try {
    await open(second, bound, '::1');
    return { port: bound, servers: [first, second] };
  } catch (error) {
    if (isCode(error, 'EADDRNOTAVAIL', 'EAFNOSUPPORT')) return { port: bound, servers: [first] };
    await new Promise((done) => first.close(done));
    // A port chosen by the system may be taken on the other address: let it choose again.
    if (port === 0 && isCode(error, 'EADDRINUSE')) return listen(makeServer, 0);
    throw error;
  }
}

function open(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, ipv6Only: host === '::1' }, () => {
      server.off('error', reject);
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
      else reject(new Error(`No address after listening on ${host}.`));
    });
  });
}

export function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
