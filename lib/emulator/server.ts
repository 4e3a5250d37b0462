import { mkdirSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { join, resolve } from 'node:path';
import { serverCertificate } from './certificate.ts';
import type { Controls } from './control.ts';
import type { Authority } from './entra/authority.ts';
import { answerHttp } from './http-door.ts';
import { answerHttps } from './https-door.ts';
import { makeJournal } from './journal.ts';
import { loadKeys } from './keys.ts';
import { listen } from './listen.ts';
import { makeQuotas } from './quotas/quotas.ts';
import type { Scale } from './tenant/scale.ts';
import { openTenant } from './tenant-world.ts';
import type { World } from './wire.ts';

export interface EmulatorOptions {
  /** `$STINT_DATA`: everything is kept in `emulator/` below it. */
  dataFolder: string;
  /** 0: any free port. */
  httpsPort: number;
  httpPort: number;
  /** The machine's clock in milliseconds; Date.now unless a test brings its own. */
  machineNow?: () => number;
  /** A tenant of another size than the seed, not kept. */
  scale?: Scale | null;
  log?: (line: string) => void;
}

export interface Emulator {
  httpsOrigin: string;
  httpOrigin: string;
  caPath: string;
  world: World;
  /** Closes both doors and writes the tenant. */
  stop(): Promise<void>;
}

/** Starts the local tenant. Rejects with EADDRINUSE when a port is taken. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { machineNow = Date.now, log = console.error } = options;
  const folder = join(resolve(options.dataFolder), 'emulator');
  mkdirSync(folder, { recursive: true });
  const certificate = await serverCertificate(folder, Date.now());
  const keys = await loadKeys(folder);
  const tenant = openTenant(folder, machineNow, log, options.scale ?? null);
  const quotas = makeQuotas(machineNow);
  const controls: Controls = { tenant, faults: [], latencyMs: 0, journal: makeJournal(), quotas };
  const { world, ledger } = tenant;
  const authority: Authority = { world, keys, ledger, machineNow, httpsOrigin: '', httpOrigin: '' };

  const onHttps = guarded((request, response) => answerHttps(request, response, authority, controls, log));
  const onHttp = guarded((request, response) => answerHttp(request, response, authority, controls, log));
  const { cert, key } = certificate;
  const https = await open(() => createHttpsServer({ cert, key }, onHttps), options.httpsPort);
  authority.httpsOrigin = `https://localhost:${https.port}`;
  const http = await open(() => createHttpServer(onHttp), options.httpPort).catch(async (error) => {
    await https.close();
    throw error;
  });
  authority.httpOrigin = `http://localhost:${http.port}`;

  return {
    httpsOrigin: authority.httpsOrigin,
    httpOrigin: authority.httpOrigin,
    caPath: certificate.caPath,
    world,
    async stop() {
      await Promise.all([https.close(), http.close()]);
      await tenant.flush();
    },
  };
}

interface Door {
  port: number;
  close(): Promise<void>;
}

async function open(make: () => HttpServer, port: number): Promise<Door> {
  const made: HttpServer[] = [];
  const bound = await listen(() => {
    const server = make();
    // Longer than clients keep idle connections, or a reused one breaks under a request.
    server.keepAliveTimeout = 120_000;
    server.headersTimeout = 125_000;
    made.push(server);
    return server;
  }, port);
  return {
    port: bound.port,
    async close() {
      for (const server of made) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

/** A client that hangs up halfway ends its own request and nothing else. */
function guarded(listener: (...args: Parameters<RequestListener>) => Promise<void>): RequestListener {
  return (request, response) => {
    listener(request, response).catch(() => response.destroy());
  };
}
