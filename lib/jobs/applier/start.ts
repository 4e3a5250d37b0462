import { armFailPoint } from '#db/fail-points.ts';
import { type Jobs, startQueue } from '#db/queue.ts';
import type { ApplierPort } from '#lib/azure/ports.ts';
import { surroundings } from '#lib/config/config.ts';
import { every } from '#lib/jobs/every.ts';
import { requireHold } from '#lib/jobs/hold.ts';
import { type Running, workOn } from '#lib/jobs/run.ts';
import { log } from '#lib/log.ts';
import { apply } from '#lib/operations/apply/apply.ts';
import { beat } from '#lib/operations/beat.ts';
import { asJob } from '#lib/operations/context.ts';

/** On PostgreSQL: the Applier’s own work, and nothing else. The other registrations’ access the round kept from it. */
export async function startApplierJobs(applier: ApplierPort): Promise<Running> {
  armFailPoint(surroundings().failAt);
  const boss = await startQueue(true, (error) => log.error({ err: error }, 'queue'));
  const run = (job: Jobs['apply']) => apply(asJob('apply', job.traceId, requireHold), job, applier, []);
  await workOn(boss, 'apply', { apply: { atOnce: 2, run } });
  const heart = every(10_000, 'heartbeat', () => beat('applier'));
  return {
    stop: async () => {
      await heart.stop();
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };
}
