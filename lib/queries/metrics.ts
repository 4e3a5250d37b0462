import { type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { countDeadLetters, queueStates } from '#db/queue-state.ts';
import { decisionStates } from '#db/schema/requests.ts';
import { signatureStates } from '#lib/domain/approval.ts';
import { planes } from '#lib/domain/plane.ts';
import { liveStatuses, requestStatuses } from '#lib/domain/request.ts';
import { channelStates } from './delivery-settings.ts';

/** Numbers by the labels they carry, most of them one label. */
export interface Metrics {
  /** All that are live, and of those that are over the last day's: the whole record is not counted at every scrape. */
  requests: { status: string; value: number }[];
  /** Of the last day. */
  decisions: { decision: string; state: string; value: number }[];
  /** Of Stint's own stages, of the last day. */
  signatures: { decision: string; state: string; value: number }[];
  jobs: { queue: string; state: string; value: number }[];
  deadLetters: number;
  /** Seconds since the last good reading; a plane never read has no line. */
  watchAge: { plane: string; value: number }[];
  watchGaps: { plane: string; value: number }[];
  mirrorAge: { plane: string; which: 'newest' | 'oldest'; value: number }[];
  mirrorFailures: { plane: string; value: number }[];
  openDifferences: { kind: string; value: number }[];
  /** Activations that Azure was seen to hold, or Stint still calls on, two minutes past their end. */
  grantsAlivePastEnd: number;
  /** Activations that went past Stint's own approval and are still on. */
  bypassed: number;
  /** What access took lately, from the ask or the approval on, per plane. Seconds. */
  accessTook: { plane: string; until: 'active' | 'usable'; quantile: string; value: number }[];
  /** Letters and events on their way: by channel, those that wait, fail or were given up. */
  deliveries: { channel: string; state: string; value: number }[];
  /** Seconds since the oldest that is due was written. */
  deliveryOldest: { channel: string; value: number }[];
  /** What the last day's took from written to sent, without those held. Seconds. */
  deliveryTook: { channel: string; quantile: string; value: number }[];
  sessions: number;
  auditEntries: number;
  heartbeatAge: { name: string; value: number }[];
}

const graceMinutes = 2;

/** How Stint is doing, in numbers; about nobody. */
export async function metrics(): Promise<Metrics> {
  const [
    jobs,
    deadLetters,
    byStatus,
    decided,
    signed,
    watched,
    mirrors,
    open,
    beats,
    took,
    [single],
    channels,
    now,
  ] = await Promise.all([
    queueStates(db()),
    countDeadLetters(db()),
    rows<{ status: string; n: number }>(sql`
      select status, count(*)::int as n from requests
      where status in ${[...liveStatuses]} or filed_at > stint_now() - interval '1 day' group by status`),
    rows<{ approve: boolean; state: string; n: number }>(sql`
      select approve, state, count(*)::int as n from decisions
      where state in ${[...decisionStates]} and decided_at > stint_now() - interval '1 day'
      group by approve, state`),
    rows<{ approve: boolean; state: string; n: number }>(sql`
      select approve, state, count(*)::int as n from signatures
      where state in ${[...signatureStates]} and signed_at > stint_now() - interval '1 day' group by approve, state`),
    rows<{ plane: string; age: number | null; gaps: number }>(sql`
      select plane,
        extract(epoch from stint_now() - max(finished_at) filter (where failure is null))::float8 as age,
        coalesce((array_agg(jsonb_array_length(gaps) order by started_at desc)
          filter (where finished_at is not null))[1], 0)::int as gaps
      from watch_runs group by plane`),
    rows<{ plane: string; newest: number | null; oldest: number | null; failing: number }>(sql`
      select plane, extract(epoch from stint_now() - max(read_at))::float8 as newest,
        extract(epoch from stint_now() - min(read_at))::float8 as oldest, count(failure)::int as failing
      from mirror_runs where principal_id not like 'approvals:%' group by plane`),
    rows<{ kind: string; n: number }>(
      sql`select kind, count(*)::int as n from differences where resolved_at is null group by kind`,
    ),
    rows<{ name: string; age: number }>(
      sql`select name, extract(epoch from now() - beat_at)::float8 as age from heartbeats`,
    ),
    rows<{
      plane: string;
      a50: number | null;
      a95: number | null;
      u50: number | null;
      u95: number | null;
    }>(sql`
      select plane, active_p50 as a50, active_p95 as a95, usable_p50 as u50, usable_p95 as u95
      from role_speeds where role_id = '' and scope_id = ''`),
    rows<{ alive: number; bypassed: number; sessions: number; entries: number }>(sql`
      select
        (select count(*) from requests where status in ('active', 'ending')
          and ends_at < stint_now() - make_interval(mins => ${graceMinutes}))::int
        + (select count(*) from differences d join requests r on r.id = d.request_id
          where d.kind = 'held_past_end' and d.resolved_at is null
          and r.status not in ('active', 'ending'))::int as alive,
        (select count(*) from requests where bypassed_at is not null
          and status in ('active', 'ending'))::int as bypassed,
        (select count(*) from sessions where ended_at is null and expires_at > now())::int as sessions,
        (select coalesce(max(seq), 0) from audit_entries)::float8 as entries`),
    channelStates(),
    clock(db()),
  ]);
  const statuses = new Map(byStatus.map(({ status, n }) => [status, n]));
  const readable = mirrors.filter(({ plane }) => planes.some((known) => known === plane));
  return {
    requests: requestStatuses.map((status) => ({ status, value: statuses.get(status) ?? 0 })),
    decisions: decided.map(decision),
    signatures: signed.map(decision),
    jobs: jobs.flatMap(({ name, queued, active, retry, failed }) =>
      Object.entries({ queued, active, retry, failed }).map(([state, value]) => ({
        queue: name,
        state,
        value,
      })),
    ),
    deadLetters,
    watchAge: watched.flatMap(({ plane, age }) => (age === null ? [] : [{ plane, value: whole(age) }])),
    watchGaps: watched.map(({ plane, gaps }) => ({ plane, value: gaps })),
    mirrorAge: readable.flatMap(({ plane, newest, oldest }) => [
      ...(newest === null ? [] : [{ plane, which: 'newest' as const, value: whole(newest) }]),
      ...(oldest === null ? [] : [{ plane, which: 'oldest' as const, value: whole(oldest) }]),
    ]),
    mirrorFailures: readable.map(({ plane, failing }) => ({ plane, value: failing })),
    openDifferences: open.map(({ kind, n }) => ({ kind, value: n })),
    grantsAlivePastEnd: single?.alive ?? 0,
    bypassed: single?.bypassed ?? 0,
    accessTook: took.flatMap(({ plane, a50, a95, u50, u95 }) =>
      (
        [
          ['active', '0.5', a50],
          ['active', '0.95', a95],
          ['usable', '0.5', u50],
          ['usable', '0.95', u95],
        ] as const
      ).flatMap(([until, quantile, value]) => (value === null ? [] : [{ plane, until, quantile, value }])),
    ),
    deliveries: channels.flatMap(({ name, waiting, failing, dead }) =>
      Object.entries({ waiting, failing, dead }).map(([state, value]) => ({ channel: name, state, value })),
    ),
    deliveryOldest: channels.map(({ name, oldestAt }) => ({
      channel: name,
      value: oldestAt ? whole((now.getTime() - oldestAt.getTime()) / 1000) : 0,
    })),
    deliveryTook: channels.flatMap(({ name, p95Seconds }) =>
      p95Seconds === null ? [] : [{ channel: name, quantile: '0.95', value: p95Seconds }],
    ),
    sessions: single?.sessions ?? 0,
    auditEntries: single?.entries ?? 0,
    heartbeatAge: beats.map(({ name, age }) => ({ name, value: whole(age) })),
  };
}

async function rows<Row>(query: SQL): Promise<Row[]> {
  return ((await db().execute(query)) as unknown as { rows: Row[] }).rows;
}

const decision = ({ approve, state, n }: { approve: boolean; state: string; n: number }) => ({
  ...{ decision: approve ? 'approve' : 'deny', state, value: n },
});

const whole = (seconds: number) => Math.max(0, Math.round(seconds));
