import { sql } from 'drizzle-orm';
import { transaction } from '#db/client.ts';
import type { Context } from '#lib/operations/context.ts';

/**
 * Makes `effective_members` anew from the groups that were read: who is in which group through however many others, by
 * the shortest way, of equally short ones always the same. Level by level, so that a circle of groups ends by itself.
 * Readers see the members of before until all of it is there.
 */
export async function spreadMemberships(ctx: Context): Promise<void> {
  await transaction(async (tx) => {
    ctx.requireHold?.();
    await tx.execute(sql`
      create temp table spread (
        group_id text, member_id text, through jsonb not null, level int not null, primary key (group_id, member_id)
      ) on commit drop`);
    await tx.execute(sql`
      insert into spread select group_id, member_id, '[]', 0 from memberships
      where gone_at is null and member_id <> group_id`);
    for (let level = 1; ; level++) {
      const further = await tx.execute(sql`
        with found as (
          insert into spread
          select distinct on (outer_group.group_id, inner_group.member_id) outer_group.group_id, inner_group.member_id,
            outer_group.through || to_jsonb(inner_group.group_id), ${level}::int
          from spread outer_group
          join memberships inner_group on inner_group.group_id = outer_group.member_id and inner_group.gone_at is null
          where outer_group.level = ${level - 1} and inner_group.member_id <> outer_group.group_id
          order by outer_group.group_id, inner_group.member_id, outer_group.through, inner_group.group_id
          on conflict do nothing returning 1)
        select count(*)::int as found from found`);
      if ((further as unknown as { rows: { found: number }[] }).rows[0]?.found === 0) break;
    }
    await tx.execute(sql`
      delete from effective_members known where not exists (
        select 1 from spread where spread.group_id = known.group_id and spread.member_id = known.member_id)`);
    await tx.execute(sql`
      insert into effective_members as known (group_id, member_id, through)
      select group_id, member_id, through from spread
      on conflict (group_id, member_id) do update set through = excluded.through
      where known.through is distinct from excluded.through`);
  });
}
