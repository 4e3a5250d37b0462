/** When Azure had granted everything, and how soon its quotas would have let it. */

export interface Granted {
  /** From `since` to the last grant. */
  seconds: number;
  /** The same, had nothing but the quotas held it up. */
  boundSeconds: number;
}

interface Call {
  seq: number;
  at: string;
  method: string;
  path: string;
  status: number;
  objectId: string | null;
}

/** Resource Manager's writes: 200 at once and 10 a second for each principal and subscription, fifteen times that for all. */
const atOnce = 200;
const perSecond = 10;
const forAll = 15;

/**
 * Waits until Azure has accepted so many activations since a moment (machine time, milliseconds), at `scale` of its quotas.
 * @throws Error when five minutes pass.
 */
export async function grantsOf(origin: string, many: number, since: number, scale: number): Promise<Granted> {
  const accepted: Call[] = [];
  let seq = 0;
  for (const deadline = Date.now() + 300_000; accepted.length < many; ) {
    if (Date.now() > deadline)
      throw new Error(`Azure granted ${accepted.length} of ${many} in five minutes.`);
    await new Promise((resolve) => setTimeout(resolve, 250));
    const calls = (await (await fetch(`${origin}/_emulator/journal?since=${seq}`)).json()) as Call[];
    seq = calls.at(-1)?.seq ?? seq;
    accepted.push(...calls.filter(isGrant).filter(({ at }) => Date.parse(at) >= since));
  }
  const last = Math.max(...accepted.map(({ at }) => Date.parse(at)));
  return { seconds: (last - since) / 1000, boundSeconds: boundOf(accepted, scale) };
}

function isGrant({ method, path, status }: Call): boolean {
  return method === 'PUT' && status < 300 && /\/roleAssignmentScheduleRequests\//i.test(path);
}

/** The slowest of the buckets that these calls were taken from. */
function boundOf(calls: readonly Call[], scale: number): number {
  const buckets = new Map<string, { times: number; taken: number }>();
  for (const { path, objectId } of calls) {
    const subscription = /\/subscriptions\/([^/]+)/i.exec(path)?.[1]?.toLowerCase() ?? '';
    for (const [key, times] of [
      [`${subscription} ${objectId}`, 1],
      [subscription, forAll],
    ] as const) {
      const bucket = buckets.get(key) ?? { times, taken: 0 };
      buckets.set(key, { times, taken: bucket.taken + 1 });
    }
  }
  const waits = [...buckets.values()].map(
    ({ times, taken }) => (taken - Math.max(1, atOnce * times * scale)) / (perSecond * times * scale),
  );
  return Math.max(0, ...waits);
}
