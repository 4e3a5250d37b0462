/** What a server starts, in order. Once per process, however often Next evaluates this module. */

import { hold } from '#db/client.ts';
import { type FolderLock, lockFolder } from '#db/lock.ts';
import { openDatabase } from '#db/open.ts';
import { config, surroundings } from '#lib/config/config.ts';
import { applierAddress } from '#lib/jobs/applier/address.ts';
import { ownApplier } from '#lib/jobs/applier/own.ts';
import { serveApplier } from '#lib/jobs/applier/serve.ts';
import { startApplierJobs } from '#lib/jobs/applier/start.ts';
import { readyApplierAuth, readyAuth } from '#lib/jobs/ready-auth.ts';
import { type Running, startJobs } from '#lib/jobs/run.ts';
import { warnOfStepUp } from '#lib/jobs/warn-of-step-up.ts';
import { log } from '#lib/log.ts';

const held = globalThis as { stintBoot?: Promise<{ stop(): Promise<void> }> };

/** Boots this process: database, migrations, queue, jobs. `role` portal serves pages, worker only works. */
export function boot(role: 'portal' | 'worker' = 'portal'): Promise<{ stop(): Promise<void> }> {
  held.stintBoot ??= start(role);
  return held.stintBoot;
}

async function start(role: 'portal' | 'worker'): Promise<{ stop(): Promise<void> }> {
  const { databaseUrl, dataFolder, tenantId, sandbox, jobs } = config();
  let lock: FolderLock | null = null;
  if (!databaseUrl) {
    if (role === 'worker')
      throw new Error('DATABASE_URL: a worker of its own needs PostgreSQL; PGlite has one owner.');
    lock = await lockFolder(dataFolder);
    log.warn(
      'The embedded database does not wait for the disk: a power cut may lose the last moments. Set DATABASE_URL in production.',
    );
  }
  readyAuth();
  const database = await openDatabase({ databaseUrl, dataFolder, tenantId });
  hold(database);
  await warnOfStepUp();
  const running: Running = await startJobs(role === 'worker' || jobs === 'inside');
  log.info({ role, database: database.kind, sandbox }, 'started');
  const stop = async () => {
    await running.stop();
    await database.close();
    await lock?.release();
  };
  return { stop };
}

/**
 * Boots the Applier: on PostgreSQL it takes its own work from the queue; beside the embedded database, which has one
 * owner, it is asked by that owner. It alone reads its credential.
 */
export async function bootApplier(): Promise<{ stop(): Promise<void> }> {
  const { databaseUrl, dataFolder, tenantId, sandbox } = surroundings();
  readyApplierAuth();
  const applier = ownApplier();
  if (!databaseUrl) {
    const server = await serveApplier(applierAddress(dataFolder), applier);
    log.info({ role: 'applier', database: null, sandbox }, 'started');
    return server;
  }
  const database = await openDatabase({ databaseUrl, dataFolder, tenantId });
  hold(database);
  const running = await startApplierJobs(applier);
  log.info({ role: 'applier', database: database.kind, sandbox }, 'started');
  return {
    stop: async () => {
      await running.stop();
      await database.close();
    },
  };
}

/** Puts an unforeseen error of a page, action or route into the log, under its digest and its trace id. */
export function logRequestError(
  error: unknown,
  request: { method: string; path: string; headers: Record<string, string | string[] | undefined> },
): void {
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined;
  const [path] = request.path.split('?');
  log.error(
    { err: error, digest, traceId: request.headers['x-stint-trace'], method: request.method, path },
    'unforeseen',
  );
}
