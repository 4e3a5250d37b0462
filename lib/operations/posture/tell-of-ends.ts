import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { reviewersOf } from '#db/review-reviewers.ts';
import { slices } from '#db/slices.ts';
import { workloadKinds } from '#lib/domain/findings/holding.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { hour } from '#lib/domain/time.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { type Letter, tell } from '#lib/operations/letters/tell.ts';

/** As PIM mails people: so many days before an assignment ends, and again the day before. */
const firstDays = 14;
const lastDays = 1;

/**
 * Tells who answers for a workload that access it holds will end: PIM's own mail goes to the holder, and a workload
 * reads none. Once for each of the two days, whatever else the same reading is assessed for.
 */
export function tellOfEnds(ctx: Context): Promise<void> {
  return change(
    ctx,
    (tx) => endingSoon(tx),
    async (tx, ending) => {
      const now = await clock(tx);
      let written = 0;
      for (const some of slices(ending)) written += await tell(tx, some.map(letterAt(now)));
      if (written === 0) return { value: undefined, entries: [] };
      const subject = { kind: 'inventory', id: 'ends' } as const;
      return {
        value: undefined,
        entries: [{ action: 'posture.ends_told', subject, details: { letters: written } }],
      };
    },
  );
}

interface Ending {
  reviewer_id: string;
  holder_id: string;
  holder_name: string;
  plane: Plane;
  role_id: string;
  role_name: string;
  scope_id: string;
  scope_name: string;
  /** ISO 8601, UTC. */
  ends_at: string;
}

const letterAt =
  (now: Date) =>
  (one: Ending): Letter => {
    const left = new Date(one.ends_at).getTime() - now.getTime();
    const days = left <= lastDays * 24 * hour ? lastDays : firstDays;
    return {
      kind: 'workload_ends',
      to: one.reviewer_id,
      requestId: null,
      of: [one.holder_id, one.plane, one.role_id, one.scope_id, one.ends_at, days].join(' '),
      facts: {
        ...{ roleName: one.role_name, scopeName: one.scope_name },
        ...{ holderName: one.holder_name, endsAt: one.ends_at },
      },
    };
  };

async function endingSoon(tx: Tx): Promise<Ending[]> {
  const ask = { reviewers: ['owner_or_sponsor' as const], named: [], fallback: [] };
  const result = await tx.execute(sql`
    with ending as materialized (
      select a.id, a.plane, a.role_id, a.role_name, a.scope_id, a.scope_name, a.ends_at,
        a.principal_id as holder_id, p.name as holder_name
      from assignments a join principals p on p.id = a.principal_id and p.gone_at is null and p.kind in ${workloadKinds}
      where a.gone_at is null and a.kind = 'time_bound' and a.ends_at > stint_now()
        and a.ends_at <= stint_now() + make_interval(days => ${firstDays})),
    items as materialized (select id, plane, role_id, scope_id, holder_id from ending),
    ${reviewersOf(ask)}
    select distinct asked.reviewer_id, e.holder_id, e.holder_name, e.plane, e.role_id, e.role_name, e.scope_id, e.scope_name,
      to_char(e.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ends_at
    from asked join ending e on e.id = asked.item_id order by ends_at, holder_id, reviewer_id`);
  return (result as unknown as { rows: Ending[] }).rows;
}
