/** What a reading of the whole tenant cost of Azure's quotas, from the control door's journal, and how soon they allow that. */

interface Call {
  seq: number;
  method: string;
  path: string;
  query: string;
  status: number;
  clientRequestId: string;
}

interface Bucket {
  atOnce: number;
  perSecond: number;
  spent: number;
}

interface Spending {
  buckets: Map<string, Bucket>;
  calls: number;
  refused: number;
}

/** Graph's costs in resource units; Microsoft Graph service limits. */
const units: readonly (readonly [RegExp, number])[] = [
  [/^\/groups\/[^/]+\/transitiveMembers/i, 5],
  [/^\/groups\/[^/]+\/members/i, 3],
  [/^\/servicePrincipals\/[^/]+\/appRoleAssign/i, 2],
  [/^\/oauth2PermissionGrants/i, 2],
  [/^\/(users|groups|applications|servicePrincipals)\/?$/i, 2],
];
/** Only a reading of everything, or a look at changes, asks for these: its trace id is that of its other calls. */
export const ofReading = /^\/v1\.0\/applications/;
export const ofLook = /\/eventtypes\/management\/values$/i;

/** Follows the journal, which forgets after 10,000 calls; `end` answers what the calls of such a reading cost. */
export function followReading(origin: string, people: number, own: RegExp) {
  const byTrace = new Map<string, Spending>();
  let reading = '';
  let seq = 0;
  const follow = async () => {
    const answer = await fetch(`${origin}/_emulator/journal?since=${seq}`);
    const calls = (await answer.json()) as Call[];
    seq = calls.at(-1)?.seq ?? seq;
    for (const call of calls) {
      if (own.test(call.path)) reading = call.clientRequestId;
      const spending = byTrace.get(call.clientRequestId) ?? { buckets: new Map(), calls: 0, refused: 0 };
      byTrace.set(call.clientRequestId, spending);
      count(call, spending, people);
    }
  };
  let following = Promise.resolve();
  const timer = setInterval(() => {
    following = following.then(follow).catch(() => {});
  }, 500);
  return {
    async end(): Promise<{ calls: number; refused: number; boundSeconds: number }> {
      clearInterval(timer);
      await following;
      await follow();
      const { buckets, calls, refused } = byTrace.get(reading) ?? {
        buckets: new Map(),
        calls: 0,
        refused: 0,
      };
      const waits = [...buckets.values()].map((one: Bucket) => (one.spent - one.atOnce) / one.perSecond);
      return { calls, refused, boundSeconds: Math.max(0, ...waits) };
    },
  };
}

function count({ path, query, status }: Call, spending: Spending, people: number): void {
  spending.calls += 1;
  if (status === 429) spending.refused += 1;
  const isGraph = /^\/(v1\.0|beta)\//.test(path);
  const size = people > 500 ? 8000 : people >= 50 ? 5000 : 3500;
  const subscription = /\/subscriptions\/([^/]+)/i.exec(path)?.[1]?.toLowerCase() ?? 'tenant';
  const key = isGraph ? 'graph' : subscription;
  const bucket = spending.buckets.get(key) ?? {
    ...(isGraph ? { atOnce: size, perSecond: size / 10 } : { atOnce: 250, perSecond: 25 }),
    spent: 0,
  };
  bucket.spent += isGraph ? costOf(path.replace(/^\/(v1\.0|beta)/, ''), new URLSearchParams(query)) : 1;
  spending.buckets.set(key, bucket);
}

function costOf(path: string, query: URLSearchParams): number {
  const base = units.find(([shape]) => shape.test(path))?.[1] ?? 1;
  return Math.max(1, base + Number(query.has('$expand')) - Number(query.has('$select')));
}
