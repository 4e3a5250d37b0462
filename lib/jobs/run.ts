import { randomUUID } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import { opened, transaction } from '#db/client.ts';
import { armFailPoint } from '#db/fail-points.ts';
import { enqueue, type JobName, type Jobs, startQueue, work } from '#db/queue.ts';
import { keepEmbedded } from '#db/upkeep.ts';
import { closeRefusals } from '#lib/audit/refusals.ts';
import { sweepSessions } from '#lib/auth/sweep-sessions.ts';
import { config } from '#lib/config/config.ts';
import { log } from '#lib/log.ts';
import { outletFacts } from '#lib/notify/live.ts';
import { takeDueAbsences } from '#lib/operations/absences/take-due-absences.ts';
import { sweepTokens } from '#lib/operations/act-tokens.ts';
import { takeDueChanges } from '#lib/operations/apply/take-due-changes.ts';
import { releaseStaleDecisions } from '#lib/operations/approvals/apply-decision.ts';
import { releaseStaleSignatures } from '#lib/operations/approvals/record-signature.ts';
import { takeDueApprovals } from '#lib/operations/approvals/take-due-approvals.ts';
import { beat } from '#lib/operations/beat.ts';
import { sweepChat } from '#lib/operations/chat/take-once.ts';
import { asJob } from '#lib/operations/context.ts';
import { sweepReadings, takeDueReading, takeUpReading } from '#lib/operations/inventory/begin-reading.ts';
import { noteChannels } from '#lib/operations/letters/note-channels.ts';
import { sweepLetters } from '#lib/operations/letters/sweep-letters.ts';
import { takeDueDeliveries } from '#lib/operations/letters/take-due-deliveries.ts';
import { noteMissed } from '#lib/operations/on-call/note-missed.ts';
import { takeDueEnds } from '#lib/operations/requests/take-due-ends.ts';
import { takeDueLooks } from '#lib/operations/requests/take-due-looks.ts';
import { takeDueCampaigns } from '#lib/operations/reviews/take-due-campaigns.ts';
import { releaseStaleRevocations } from '#lib/operations/sessions/release-stale-revocations.ts';
import { takeDueHolds } from '#lib/operations/tickets/take-due-holds.ts';
import { takeDueTickets } from '#lib/operations/tickets/take-due-tickets.ts';
import { sweepWatchRuns, takeDueWatches } from '#lib/operations/watch/take-due-watches.ts';
import { answers } from './applier/remote.ts';
import { chatFacts } from './chat-outlets.ts';
import { every } from './every.ts';
import { holding } from './hold.ts';
import { hurryOnChange } from './hurry-on-change.ts';
import { livePorts, type Roster, roster, stints } from './roster.ts';
import { followSandboxClock } from './sandbox-clock.ts';
import { toldToWait } from './told-to-wait.ts';
import { traced } from './trace.ts';

export interface Running {
  stop(): Promise<void>;
}

/** Starts the queue and, when this process is to work, its jobs and its rounds. */
export async function startJobs(working: boolean): Promise<Running> {
  armFailPoint(config().failAt);
  const boss = await startQueue(working, (error) => log.error({ err: error }, 'queue'));
  // Every process counts its own refusals.
  const refusals = every(60_000, 'refusals', () => closeRefusals(new Date(), randomUUID()));
  const stopCounting = async () => {
    await refusals.stop();
    await closeRefusals(new Date(), randomUUID());
  };
  if (!working) {
    return {
      stop: async () => {
        await stopCounting();
        await boss.stop({ graceful: false });
      },
    };
  }
  await noteChannels([...outletFacts(), ...chatFacts()]);
  const jobs = roster(livePorts());
  for (const name of Object.keys(jobs) as JobName[]) {
    // On PostgreSQL the Applier takes its own work. The embedded database has one owner, who asks the Applier.
    if (name === 'apply' && opened().kind === 'postgres') continue;
    await workOn(boss, name, jobs);
  }
  const looks = every(500, 'due looks', () => takeDueLooks(randomUUID));
  const deliveries = every(1_000, 'due deliveries', () => takeDueDeliveries(randomUUID));
  const hearNoMore = await hurryOnChange([looks, deliveries]);
  const rounds = [
    looks,
    deliveries,
    every(500, 'due ends', () => takeDueEnds(asJob('due ends', randomUUID()))),
    every(500, 'due approvals', () => takeDueApprovals(asJob('due approvals', randomUUID()))),
    every(2_000, 'due absences', () => takeDueAbsences(asJob('due absences', randomUUID()))),
    every(1_000, 'due watches', () => takeDueWatches(randomUUID)),
    every(5_000, 'due reading of the tenant', async () => {
      await takeUpReading(randomUUID);
      await takeDueReading(randomUUID);
    }),
    every(500, 'due changes', () => takeDueChanges(asJob('applier', randomUUID()), stints(), randomUUID)),
    every(2_000, 'due tickets', () => takeDueTickets(randomUUID)),
    every(5_000, 'due ticket holds', () => takeDueHolds(randomUUID)),
    every(2_000, 'due reviews', () => takeDueCampaigns(randomUUID)),
    every(5_000, 'on-call windows over', () => noteMissed(asJob('on-call', randomUUID()))),
    every(10_000, 'heartbeat', () => beat('jobs')),
    ...(opened().kind === 'pglite'
      ? [every(5_000, 'is the Applier there', noteApplier), every(10_000, 'upkeep', keepEmbedded)]
      : []),
    every(60_000, 'sweep', async () => {
      await sweepTokens();
      await releaseStaleDecisions(asJob('sweep', randomUUID()));
      await releaseStaleSignatures(asJob('sweep', randomUUID()));
      await releaseStaleRevocations(asJob('sweep', randomUUID()));
      await sweepSessions(new Date(), randomUUID());
      await sweepChat(new Date());
      await sweepWatchRuns();
      await sweepReadings();
      await sweepLetters();
    }),
    ...(config().sandbox ? [every(500, 'sandbox clock', followSandboxClock)] : []),
  ];
  return {
    stop: async () => {
      hearNoMore();
      for (const round of rounds) await round.stop();
      await stopCounting();
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };
}

/** The embedded database's owner beats for the Applier, which has none. */
async function noteApplier(): Promise<void> {
  if (await answers()) await beat('applier');
}

/** Runs the jobs of one queue, each under its trace id. */
export async function workOn<Name extends JobName>(
  boss: PgBoss,
  name: Name,
  jobs: Pick<Roster, Name>,
): Promise<void> {
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

/** Who was asked said when to come again: taken anew for then, instead of by the queue's own backoff. */
async function waitAsTold<Name extends JobName>(
  name: Name,
  data: Jobs[Name],
  error: unknown,
): Promise<boolean> {
  const seconds = toldToWait(name, error);
  if (seconds === null) return false;
  await transaction((tx) => enqueue(tx, name, data, seconds));
  log.info({ job: name, traceId: data.traceId, seconds }, 'busy, waiting as told');
  return true;
}
