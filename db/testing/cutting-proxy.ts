import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire to a PostgreSQL server that can be cut at the moment that matters. */
export interface CuttingProxy {
  /** The same address, through the proxy. */
  url: string;
  /** Cuts the next connection that sends the word: before the server hears it, or after, before the client hears that it was done. */
  cutAt(word: 'begin' | 'commit', when: 'before' | 'after'): void;
  close(): Promise<void>;
}

/** Simple queries as they go over the wire: type, length, text (PostgreSQL protocol 3.0). */
const words = {
  begin: Buffer.from('Q\0\0\0\x0abegin\0', 'latin1'),
  commit: Buffer.from('Q\0\0\0\x0bcommit\0', 'latin1'),
};

/** Stands between a client and the server at `target`. */
export async function cuttingProxy(target: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  let armed: { word: Buffer; when: 'before' | 'after' } | null = null;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port) || 5432, hostname);
    let done = false;
    const cut = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', cut);
      socket.on('close', () => {
        open.delete(socket);
        cut();
      });
    }
    near.on('data', (said) => {
      const when = armed && said.includes(armed.word) ? armed.when : null;
      if (when) armed = null;
      if (when === 'before') return cut();
      done = when === 'after';
      far.write(said);
    });
    far.on('data', (said) => {
      if (done) cut();
      else near.write(said);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = Object.assign(new URL(target), { port: String((server.address() as AddressInfo).port) });
  return {
    url: url.href,
    cutAt(word, when) {
      armed = { word: words[word], when };
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
