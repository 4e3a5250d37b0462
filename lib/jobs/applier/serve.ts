import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { AzureFault } from '#lib/azure/faults.ts';
import type { ApplierPort } from '#lib/azure/ports.ts';
import { holding } from '#lib/jobs/hold.ts';
import { traced } from '#lib/jobs/trace.ts';
import { log } from '#lib/log.ts';
import { makeOwnFolder } from './address.ts';
import { type Answer, type Ask, ask } from './asks.ts';
import { isListening } from './remote.ts';

/** Nobody needs more for one ask. */
const longestAsk = 100_000;
const patienceMs = 10_000;

/**
 * Answers the asks of the one who owns the embedded database, one to a connection: each is checked, told to Azure, and
 * answered. It listens where only the same account of this machine reaches it, and keeps nothing.
 * @throws Error when another Applier listens there already, or somebody else's folder is in its place.
 */
export async function serveApplier(
  address: string,
  applier: ApplierPort,
): Promise<{ stop(): Promise<void> }> {
  makeOwnFolder(address);
  if (await isListening(address))
    throw new Error(`Another Applier is running for this data folder (${address}).`);
  const isFile = !address.startsWith('\\\\');
  if (isFile) rmSync(address, { force: true });
  const server = createServer((socket) => hear(socket, applier));
  const before = process.umask(0o177);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  }).finally(() => process.umask(before));
  if (isFile) chmodSync(address, 0o600);
  return { stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

function hear(socket: Socket, applier: ApplierPort): void {
  let heard = '';
  socket.setEncoding('utf8');
  socket.setTimeout(patienceMs, () => socket.destroy());
  socket.on('error', () => {});
  socket.on('data', (more) => {
    heard += more;
    if (heard.length > longestAsk) socket.destroy();
    const end = heard.indexOf('\n');
    if (end < 0 || socket.destroyed) return;
    socket.pause();
    socket.setTimeout(0);
    void answerTo(heard.slice(0, end), applier).then((said) => socket.end(`${JSON.stringify(said)}\n`));
  });
}

async function answerTo(line: string, applier: ApplierPort): Promise<Answer> {
  const asked = read(line);
  if (!asked) return { refused: 'That is not anything the Applier does.' };
  if (asked.ask === 'who') return { clientId: await applier.clientId() };
  try {
    const { act, step, traceId } = asked;
    return { told: await holding(() => traced(traceId, () => applier.act(step, act))) };
  } catch (error) {
    if (error instanceof AzureFault) {
      const { code, kind, message, retryAfterSeconds, status } = error;
      return { fault: { kind, status, code, message, retryAfterSeconds } };
    }
    log.error({ err: error }, 'unforeseen');
    return { refused: 'The Applier failed. Its log says why.' };
  }
}

function read(line: string): Ask | null {
  try {
    return ask.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
