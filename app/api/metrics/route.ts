import { connection } from 'next/server';
import { metricsDoor } from '#lib/auth/metrics-token.ts';
import { refused } from '#lib/auth/refused.ts';
import { exposition, type Metric, prometheusType } from '#lib/export/prometheus.ts';
import { longestStall } from '#lib/queries/event-loop.ts';
import { type Metrics, metrics } from '#lib/queries/metrics.ts';

/** Numbers for Prometheus, for the bearer of STINT_METRICS_TOKEN. Without one configured there is no such page. */
export async function GET(request: Request): Promise<Response> {
  await connection();
  const door = metricsDoor(request.headers);
  if (door === 'closed') return new Response('Not found.', { status: 404 });
  if (door === 'refused') {
    await refused(request.headers, null, { door: 'GET /api/metrics', code: 'not_signed_in' });
    return new Response('A token is wanted.', { status: 401, headers: { 'www-authenticate': 'Bearer' } });
  }
  return new Response(exposition(named(await metrics())), {
    headers: { 'content-type': prometheusType, 'cache-control': 'no-store' },
  });
}

function named(now: Metrics): Metric[] {
  const gauge = (name: string, help: string, samples: Metric['samples']): Metric => ({
    ...{ name, help, samples },
    type: 'gauge',
  });
  return [
    gauge(
      'requests',
      'Live requests, and those of the last day that are over, by status.',
      labelled(now.requests),
    ),
    gauge(
      'decisions',
      'Decisions of the last day, by what was decided and what became of it.',
      labelled(now.decisions),
    ),
    gauge(
      'signatures',
      'Signatures of Stint’s own stages of the last day, by what was signed and what became of it.',
      labelled(now.signatures),
    ),
    gauge('jobs', 'Jobs in the queue, by queue and state.', labelled(now.jobs)),
    gauge('dead_letters', 'Jobs that failed for good and wait for a person.', [{ value: now.deadLetters }]),
    gauge('grants_alive_past_end', 'Activations still held past their end.', [
      { value: now.grantsAlivePastEnd },
    ]),
    gauge('bypassed_active', 'Activations on that went past Stint’s own approval policy.', [
      { value: now.bypassed },
    ]),
    gauge(
      'differences_open',
      'Differences between Azure and the record, by kind.',
      labelled(now.openDifferences),
    ),
    gauge('watch_age_seconds', 'Since everybody’s activations were last read well.', labelled(now.watchAge)),
    gauge('watch_gaps', 'Places that did not answer the last reading.', labelled(now.watchGaps)),
    gauge('mirror_age_seconds', 'Since people’s own access was last read.', labelled(now.mirrorAge)),
    gauge('mirror_failing', 'People whose last reading failed.', labelled(now.mirrorFailures)),
    gauge(
      'heartbeat_age_seconds',
      'Since a process that runs jobs last said so.',
      labelled(now.heartbeatAge),
    ),
    gauge(
      'event_loop_longest_stall_seconds',
      'Longest this process kept everybody waiting since the last scrape.',
      [{ value: longestStall() }],
    ),
    gauge(
      'access_took_seconds',
      'From the ask or the approval until Azure showed it, and until it was found to work.',
      labelled(now.accessTook),
    ),
    gauge(
      'deliveries',
      'Letters and events that have not arrived, by channel and state.',
      labelled(now.deliveries),
    ),
    gauge(
      'delivery_oldest_seconds',
      'Since the oldest of them that is due was written.',
      labelled(now.deliveryOldest),
    ),
    gauge(
      'delivery_took_seconds',
      'From written to sent, of the last day’s that were not held.',
      labelled(now.deliveryTook),
    ),
    gauge('sessions', 'Signed-in browsers.', [{ value: now.sessions }]),
    {
      ...{ name: 'audit_entries_total', help: 'Entries of the record so far.', type: 'counter' },
      samples: [{ value: now.auditEntries }],
    },
  ];
}

function labelled(
  lines: readonly ({ value: number } & Record<string, string | number>)[],
): Metric['samples'] {
  return lines.map(({ value, ...labels }) => ({
    labels: Object.fromEntries(Object.entries(labels).map(([key, text]) => [key, String(text)])),
    value,
  }));
}
