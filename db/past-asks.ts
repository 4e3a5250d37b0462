import { inArray, type SQL, sql } from 'drizzle-orm';
import type { Before, PastAsks } from '#lib/domain/past-asks.ts';
import type { Reader } from './client.ts';

interface Found extends Omit<Before, 'last' | 'lastAt' | 'usualMinutes'> {
  id: string;
  lastAt: string | Date | null;
  usual: number | null;
  last: { at: string; minutes: number; how: Before['last'][number]['how'] }[] | string;
  others: number | null;
  starts: string[] | string;
}

/** So many of the newest are counted: somebody with thousands behind them is as quick to tell of as a newcomer. */
const mostCounted = 200;
const fewestOthers = 3;
const unknown: PastAsks = {
  before: { count: 0, lastAt: null, denied: 0, endedEarly: 0, usualMinutes: null, last: [] },
  othersMinutes: null,
  starts: [],
};

/**
 * Earlier requests of the same role at the same scope by the same person, what others usually take of it, and at which
 * hours the person usually begins; counted in the database.
 */
export async function pastAsks(
  from: Reader,
  requestIds: readonly string[],
): Promise<(id: string) => PastAsks> {
  if (requestIds.length === 0) return () => unknown;
  const took = sql`greatest(1, round(extract(epoch from ended_at - active_at) / 60))::int`;
  const result = await from.execute(sql`
    select open.id, own.*, others.others, hours.starts
    from requests open, lateral (${ownOf(took)}) own, lateral (${othersOf(took)}) others, lateral (
      select coalesce(jsonb_agg(begun.active_at), '[]') as starts from (
        select active_at from requests past
        where past.requester_id = open.requester_id and past.active_at is not null
        order by past.filed_at desc, past.id desc limit 30) begun) hours
    where ${inArray(sql`open.id`, [...requestIds])}`);
  const rows = (result as unknown as { rows: Found[] }).rows;
  const past = new Map(rows.map((row) => [row.id, asPast(row)]));
  return (id) => past.get(id) ?? unknown;
}

function ownOf(took: SQL): SQL {
  return sql`
    select count(active_at)::int as count, max(active_at) as "lastAt",
      count(*) filter (where status = 'denied')::int as denied,
      count(*) filter (where active_at is not null and end_cause = 'ended_early')::int as "endedEarly",
      percentile_disc(0.5) within group (order by ${took})
        filter (where active_at is not null and ended_at is not null and newest <= 5) as usual,
      coalesce(jsonb_agg(jsonb_build_object('at', coalesce(active_at, filed_at), 'minutes',
        case when active_at is null or ended_at is null then minutes else ${took} end,
        'how', case when status = 'denied' then 'denied' else coalesce(end_cause, 'expired') end)
        order by filed_at desc) filter (where place <= 3), '[]') as last
    from (
      select *, row_number() over (partition by active_at is null order by filed_at desc) as newest,
        row_number() over (order by filed_at desc) as place
      from (
        select * from requests past
        where ${isSameRole} and past.requester_id = open.requester_id and past.status in ('ended', 'denied')
        order by past.filed_at desc, past.id desc limit ${mostCounted}) known
    ) same`;
}

/** By index, then exactly: `requests_by_role`. */
const isSameRole = sql`
  md5(past.plane || '|' || past.role_id || '|' || past.scope_id)::uuid
    = md5(open.plane || '|' || open.role_id || '|' || open.scope_id)::uuid`;

function othersOf(took: SQL): SQL {
  return sql`
    select case when count(*) >= ${fewestOthers} then percentile_disc(0.5) within group (order by ${took}) end as others
    from (
      select active_at, ended_at from requests past
      where ${isSameRole} and past.requester_id <> open.requester_id and past.status = 'ended'
        and past.active_at is not null and past.ended_at is not null
      order by past.filed_at desc, past.id desc limit ${mostCounted}) theirs`;
}

function asPast({ id, usual, lastAt, last, others, starts, ...counted }: Found): PastAsks {
  return {
    before: {
      ...counted,
      lastAt: lastAt ? new Date(lastAt) : null,
      usualMinutes: usual,
      last: listOf(last).map((one) => ({ ...one, at: new Date(one.at) })),
    },
    othersMinutes: others,
    starts: listOf(starts).map((at) => new Date(at)),
  };
}

/** One database answers JSON as it is, the other as text. */
function listOf<One>(list: One[] | string): One[] {
  return typeof list === 'string' ? JSON.parse(list) : list;
}
