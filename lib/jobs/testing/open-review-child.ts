/**
 * For the benchmark: a review opened over as many assignments as the first argument says, beside one bare INSERT …
 * SELECT of as many items, in turn. The database is as for tests; each pair of seconds is told to the parent.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { db, transaction } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { testDatabase } from '#db/testing.ts';
import { openNow } from '#lib/operations/reviews/open-campaign.ts';
import { administrator, emptyTenant, makes } from '#lib/operations/reviews/testing.ts';

const [many = 1000, repeats = 1] = process.argv.slice(2).map(Number);
const seen = sql`'00000000-0000-4000-8000-000000000001'::uuid`;
/** People, every tenth a workload, every twenty-fifth a group; half of what is eligible was used, a tenth has a finding. */
const tenant = [
  sql`insert into principals (id, kind, name, enabled, list, seen_in, first_seen_at)
    select md5('p' || n)::uuid::text, case when n % 10 = 0 then 'service_principal' when n % 25 = 1 then 'group'
      else 'member' end, 'Person ' || n, true, 'users', ${seen}, now() from generate_series(0, ${many / 4}) n`,
  sql`insert into responsibles (principal_id, responsible_id, "as", list, seen_in, first_seen_at)
    select md5('p' || n)::uuid::text, md5('p' || n / 8 + 2)::uuid::text,
      case when n % 10 = 0 then 'owner' else 'manager' end, 'users', ${seen}, now() from generate_series(0, ${many / 4}) n`,
  sql`insert into assignments (id, list, place, plane, kind, role_id, role_name, scope_id, scope_name, scope_kind,
      principal_id, azure_id, seen_in, first_seen_at)
    select 'azure_eligible ' || n, 'azure_eligible', '/subscriptions/' || n % 40, 'azure',
      case when n % 3 = 0 then 'standing' else 'eligible' end, md5('r' || n % 60)::uuid::text, 'Role ' || n % 60,
      '/subscriptions/' || n % 40 || '/resourceGroups/rg-' || n % 500, 'rg-' || n % 500, 'resource_group',
      md5('p' || n % ${many / 4})::uuid::text, 'azure ' || n, ${seen}, now() - interval '200 days'
    from generate_series(1, ${many}) n`,
  sql`insert into uses (principal_id, plane, role_id, scope_id, count, last_at, active_minutes, granted_minutes)
    select principal_id, plane, role_id, lower(scope_id), 3, now() - interval '5 days', 60, 100
    from assignments where kind = 'eligible' and right(id, 1) < '5' on conflict do nothing`,
  sql`insert into use_coverage values (${seen}, 'azure_audit', now() - interval '100 days', now())`,
  sql`insert into findings (kind, subject, risk, rank, title, evidence, next_step, assignment_id, state, first_seen_at,
      last_seen_at)
    select 'oversized_role', id, 'high', 0, 'Something about ' || id, '[]', '', id, 'open', now(), now()
    from assignments where right(id, 1) = '7'`,
  sql`analyze`,
];

const opened = await testDatabase();
await emptyTenant();
// More rows than pages ever make at once.
await transaction(async (tx) => {
  await tx.execute(sql`set local statement_timeout = 0`);
  for (const statement of tenant) await tx.execute(statement);
});
for (let n = 0; n < repeats; n++) {
  const bare = await seconds(await makes(), (id) =>
    db().execute(sql`
      insert into review_items (campaign_id, assignment_id, plane, kind, role_id, role_name, scope_id, scope_name,
        scope_kind, principal_id, principal_name, principal_kind, kept, is_critical, evidence, recommendation,
        recommendation_why)
      select ${id}, id, plane, kind, role_id, role_name, scope_id, scope_name, scope_kind, principal_id, principal_id,
        'member', to_jsonb(a), false, '[]', 'keep', 'Nothing that is known speaks against it.'
      from assignments a where gone_at is null`),
  );
  const review = await makes({ reviewers: ['manager', 'owner_or_sponsor'] }, `Review ${randomUUID()}`);
  const ours = await seconds(review, (id) => openNow(administrator, id));
  process.send?.({ bare, ours });
}
await opened.close();
process.disconnect?.();

/** How long it takes, and nothing of it stays. */
async function seconds(id: string, work: (id: string) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work(id);
  const took = (performance.now() - began) / 1000;
  await empty('item_reviewers review_items campaigns');
  return took;
}
