import { randomUUID } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import { transaction } from '#db/client.ts';
import { enqueue, type JobName, type Jobs, startQueue, work } from '#db/queue.ts';
import { closeRefusals } from '#lib/audit/refusals.ts';
import { sweepSessions } from '#lib/auth/sweep-sessions.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { config } from '#lib/config.ts';
import { log } from '#lib/log.ts';
import { sweepTokens } from '#lib/operations/act-tokens.ts';
import { releaseStaleDecisions } from '#lib/operations/approvals/apply-decision.ts';
import { beat } from '#lib/operations/beat.ts';
import { asJob } from '#lib/operations/context.ts';
import { armFailPoint } from '#lib/operations/fail-points.ts';
import { takeDueLooks } from '#lib/operations/requests/look.ts';
import { sweepWatchRuns, takeDueWatches } from '#lib/operations/watch/take-due-watches.ts';
import { every } from './every.ts';
import { holding } from './hold.ts';
import { livePorts, type Roster, roster } from './roster.ts';
import { followSandboxClock } from './sandbox-clock.ts';
import { traced } from './trace.ts';

export interface Running {
  stop(): Promise<void>;
}

/** Starts the queue and, when this process is to work, its jobs and its rounds. */
export async function startJobs(working: boolean): Promise<Running> {
  armFailPoint(config().failAt);
  const boss = await startQueue(working, (error) => log.error({ err: error }, 'queue'));
  if (!working) return { stop: () => boss.stop({ graceful: false }) };
  const jobs = roster(livePorts());
  for (const name of Object.keys(jobs) as JobName[]) await workOn(boss, name, jobs);
  const rounds = [
    every(500, 'due looks', () => takeDueLooks(randomUUID)),
    every(1_000, 'due watches', () => takeDueWatches(randomUUID)),
    every(10_000, 'heartbeat', () => beat('jobs')),
    every(60_000, 'sweep', async () => {
      await sweepTokens();
      await releaseStaleDecisions(asJob('sweep', randomUUID()));
      await sweepSessions(new Date(), randomUUID());
      await closeRefusals(new Date(), randomUUID());
      await sweepWatchRuns();
    }),
    ...(config().sandbox ? [every(500, 'sandbox clock', followSandboxClock)] : []),
  ];
  return {
    stop: async () => {
      for (const round of rounds) await round.stop();
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };
}

async function workOn<Name extends JobName>(boss: PgBoss, name: Name, jobs: Roster): Promise<void> {
  const { atOnce, run } = jobs[name];
  await work(boss, name, atOnce, (data) =>
    holding(() =>
      traced(data.traceId, async () => {
        const began = performance.now();
        try {
          await run(data);
          log.debug({ job: name, traceId: data.traceId, ms: Math.round(performance.now() - began) }, 'done');
        } catch (error) {
          if (await waitAsTold(name, data, error)) return;
          log.warn({ job: name, traceId: data.traceId, err: error }, 'failed, may be tried again');
          throw error;
        }
      }),
    ),
  );
}

/** Azure said when to come again: the job is taken anew for then, instead of by the queue's own backoff. */
async function waitAsTold<Name extends JobName>(
  name: Name,
  data: Jobs[Name],
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof AzureFault) || error.retry !== 'later' || error.retryAfterSeconds === null)
    return false;
  const seconds = Math.max(1, Math.ceil(error.retryAfterSeconds));
  await transaction((tx) => enqueue(tx, name, data, seconds));
  log.info({ job: name, traceId: data.traceId, seconds }, 'Azure is busy, waiting as told');
  return true;
}
