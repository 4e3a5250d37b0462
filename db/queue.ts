/**
 * Jobs are taken inside the transaction of the change they follow: committed with it, or never there.
 * pg-boss does the queueing. It fetches a job once; a job killed after its effect comes again, so every
 * handler is idempotent and its last update is fenced by the request's version.
 */
import { sql } from 'drizzle-orm';
import { fromDrizzle, fromPglite, type Job, PgBoss, type UpdateQueueOptions } from 'pg-boss';
import type { Plane } from '#lib/domain/plane.ts';
import { type Opened, opened, type Tx } from './client.ts';

/** Every queue and what its jobs carry. `traceId` is the one id from browser to Azure. */
export interface Jobs {
  /** File a request with Azure. */
  provision: { requestId: string; traceId: string };
  /** Look at Azure and record what became of a request, if it is still at this version. */
  look: { requestId: string; version: number; traceId: string };
  /** Look whether a signature of a stage may count. */
  countersign: { signatureId: string; traceId: string };
  /** Look whether there is still somebody to give a waiting request to. */
  'approval-look': { requestId: string; traceId: string };
  /** Tell Azure a decision. */
  decide: { decisionId: string; traceId: string };
  /** Find out, with the person's own token, whether an active role works already; `tries` counts up. */
  probe: { requestId: string; tries: number; traceId: string };
  /** End an activation; `attempt` tells one click on “End” from the next. */
  deactivate: { requestId: string; attempt: number; traceId: string };
  /** Take a request back. */
  withdraw: { requestId: string; traceId: string };
  /** Have Entra end every sign-in of a person. */
  'revoke-sessions': { revocationId: string; traceId: string };
  /** Read a person's own access, with their own tokens. */
  'refresh-access': { principalId: string; actId: string; traceId: string };
  /** Read what waits for a person's decision, with their own tokens. */
  'refresh-approvals': { principalId: string; actId: string; traceId: string };
  /** Read the policies and definitions of a person's roles, as the Reader. */
  'learn-roles': { principalId: string; traceId: string };
  /** Read the level below a scope where a person is eligible, with their own token. */
  children: { principalId: string; scopeId: string; actId: string; traceId: string };
  /** Read a role's policy at one place below where the person is eligible, as the Reader. */
  'learn-place': { principalId: string; plane: Plane; roleId: string; scopeId: string; traceId: string };
  /** Read every activation of a plane, as the Reader, and hold it against Stint's record. */
  watch: { runId: string; traceId: string };
  /** Read the whole tenant, as the Reader: one lane of a reading. */
  inventory: { runId: string; traceId: string };
  /** Work out what a reading means: who is in which group, what was used, what was found. */
  assess: { runId: string; traceId: string };
  /** Carry a change of access out, as the Applier. */
  apply: { changeId: string; version: number; traceId: string };
  /** Look, as the Reader, whether the tenant shows it. */
  prove: { changeId: string; version: number; traceId: string };
  /** Ask a ticket system once more about the ticket of a request. */
  'ticket-look': { requestId: string; traceId: string };
  /** Ask a ticket system about a ticket that holds running access on. */
  'ticket-hold': { systemId: string; key: string; traceId: string };
  /** Write into the ticket of a request that the access began, or ended. */
  'ticket-comment': { requestId: string; moment: 'grant' | 'end'; traceId: string };
  /** Send one letter to one place. */
  'deliver-mail': { deliveryId: string; traceId: string };
  'deliver-slack': { deliveryId: string; traceId: string };
  'deliver-teams': { deliveryId: string; traceId: string };
  /** Send an event to another program. */
  'deliver-webhook': { deliveryId: string; traceId: string };
  /** Bring the cards of a request in a chat up to how it stands. */
  'update-slack-cards': { requestId: string; traceId: string };
  'update-teams-cards': { requestId: string; traceId: string };
  /** Write somebody's home in Slack. */
  'chat-home': { workspaceId: string; userId: string; traceId: string };
}
export type JobName = keyof Jobs;

const names: readonly JobName[] = [
  'provision',
  'look',
  'decide',
  'probe',
  'deactivate',
  'withdraw',
  'countersign',
  'approval-look',
  'revoke-sessions',
  'refresh-access',
  'refresh-approvals',
  'learn-roles',
  'children',
  'learn-place',
  'watch',
  'inventory',
  'assess',
  'apply',
  'prove',
  'ticket-look',
  'ticket-hold',
  'ticket-comment',
  'deliver-mail',
  'deliver-slack',
  'deliver-teams',
  'deliver-webhook',
  'update-slack-cards',
  'update-teams-cards',
  'chat-home',
];

/** What failed for good ends here, kept for a person to look at: acts, which nothing but a person brings back. */
export const deadLetter = 'dead-letter';

export function isJobName(name: string): name is JobName {
  return names.some((known) => known === name);
}

const hour = 3600;
/** Its end is the token's: what Azure is too busy for is tried for minutes, then kept for a person. */
const act = {
  deadLetter,
  retryLimit: 8,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  expireInSeconds: 120,
};
/** The next refresh of the page asks again: a reading that failed is no letter to anybody. */
const reading = { ...act, deadLetter: null, retryLimit: 4, retryDelay: 5, deleteAfterSeconds: 24 * hour };

/** Goes on from where it was cut. */
const cards = { ...reading, retryLimit: 8, retryDelay: 2, deleteAfterSeconds: hour };

const queues: Record<JobName, UpdateQueueOptions> = {
  provision: act,
  countersign: act,
  // The next one comes by itself.
  'approval-look': { ...reading, retryLimit: 0, deleteAfterSeconds: hour },
  decide: act,
  deactivate: act,
  withdraw: act,
  'revoke-sessions': act,
  'refresh-access': reading,
  'refresh-approvals': reading,
  'learn-roles': reading,
  // Takes the next one itself. One that is lost is lost: whoever looks at the page asks anew.
  probe: { ...reading, retryLimit: 2, deleteAfterSeconds: hour },
  children: reading,
  'learn-place': reading,
  // Whatever becomes of it, the request's lease brings the next one.
  look: { ...reading, retryLimit: 0, deleteAfterSeconds: hour },
  // Tried again when its worker dies, for its run is open; never while the handler may still be reading a large tenant.
  watch: { ...reading, retryLimit: 2, expireInSeconds: 15 * 60, deleteAfterSeconds: hour },
  // A reading nobody goes on with is taken up again by the round.
  inventory: { ...reading, retryLimit: 2, deleteAfterSeconds: hour },
  // The next reading brings the next one.
  assess: { ...reading, retryLimit: 4, expireInSeconds: 15 * 60, deleteAfterSeconds: hour },
  // Whatever becomes of them, the change's lease brings the next one.
  apply: { ...reading, retryLimit: 0, deleteAfterSeconds: hour },
  prove: { ...reading, retryLimit: 0, deleteAfterSeconds: hour },
  // The check's lease brings the next one.
  'ticket-look': { ...reading, retryLimit: 0, deleteAfterSeconds: hour },
  'ticket-hold': { ...reading, retryLimit: 0, deleteAfterSeconds: hour },
  'ticket-comment': act,
  // The round brings the next try.
  'deliver-mail': { ...reading, retryLimit: 0, deleteAfterSeconds: hour },
  'deliver-slack': { ...reading, retryLimit: 0, deleteAfterSeconds: hour },
  'deliver-teams': { ...reading, retryLimit: 0, deleteAfterSeconds: hour },
  'deliver-webhook': { ...reading, retryLimit: 0, deleteAfterSeconds: hour },
  'update-slack-cards': cards,
  'update-teams-cards': cards,
  // Opened again, it is written again.
  'chat-home': { ...reading, retryLimit: 2, deleteAfterSeconds: hour },
};

/** Whether the queue itself should wait as long as Azure says: a reading comes again by itself. */
export function isAct(name: JobName): boolean {
  return queues[name] === act;
}

const held = globalThis as { stintQueue?: PgBoss };

/** Starts the queue on the open database. `working`: this process also runs jobs, not only takes them. */
export async function startQueue(working: boolean, onError: (error: Error) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    ...connection(opened()),
    schedule: false,
    supervise: working,
    useListenNotify: working,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 15,
    maintenanceIntervalSeconds: 3600,
  });
  boss.on('error', onError);
  await boss.start();
  await boss.createQueue(deadLetter, { retentionSeconds: 90 * 24 * 3600 });
  for (const name of names) {
    await boss.createQueue(name, { notify: true, heartbeatSeconds: 15 });
    // A queue that was there before keeps what it was made with, until told.
    await boss.updateQueue(name, queues[name]);
  }
  held.stintQueue = boss;
  await warm(boss);
  return boss;
}

function connection(database: Opened) {
  return database.kind === 'pglite'
    ? { db: fromPglite(database.raw), backend: 'pglite' as const }
    : { connectionString: database.url, max: 6 };
}

/**
 * On PGlite a cold queue cache would be read through the handle that waits for our transaction, for ever.
 * `getQueue` reads past the cache; looking for a job fills it.
 */
async function warm(boss: PgBoss): Promise<void> {
  for (const name of names) await boss.findJobs(name, { id: '00000000-0000-0000-0000-000000000000' });
}

/** Takes a job in this transaction. `afterSeconds` holds it back. */
export async function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  data: Jobs[Name],
  afterSeconds = 0,
): Promise<void> {
  const boss = held.stintQueue;
  if (!boss) throw new Error('The queue is not started. Only a booted server or worker has one.');
  // pg-boss types the transaction by `execute(query: object)`; drizzle's takes its own SQL, which is one.
  const within = fromDrizzle(tx as unknown as Parameters<typeof fromDrizzle>[0], sql);
  await boss.send(name, data, { db: within, startAfter: afterSeconds });
}

/** Runs `handler` for each job of a queue, at most `concurrency` at once in this process. */
export async function work<Name extends JobName>(
  boss: PgBoss,
  name: Name,
  concurrency: number,
  handler: (data: Jobs[Name]) => Promise<void>,
): Promise<void> {
  // Each a worker of its own: only by its own name can a worker be told to look again.
  for (let n = 0; n < concurrency; n++) await workOne(boss, name, handler);
}

async function workOne<Name extends JobName>(
  boss: PgBoss,
  name: Name,
  handler: (data: Jobs[Name]) => Promise<void>,
): Promise<void> {
  let worker: string | undefined;
  worker = await boss.work<Jobs[Name]>(
    name,
    // A new job announces itself; one that is tried again does not, and waits for the next poll.
    { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 2, batchSize: 1 },
    async (jobs: Job<Jobs[Name]>[]) => {
      try {
        for (const job of jobs) await handler(job.data);
      } finally {
        // Where one was, more may wait: each would wait for a poll of its own, two seconds a job.
        if (worker) boss.notifyWorker(worker);
      }
    },
  );
}
