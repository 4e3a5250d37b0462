import type { Client } from 'pg';

/** Whom and what the pages of the measurement look for: as much of it in a small tenant as in a large one. */
export const plantedTenant = {
  person: 'Ottoline Vale',
  personId: 'ffffffff-0000-4000-8000-000000000001',
  nobody: 'Xyzzy',
};
const theirs = 60;

/**
 * Fills an empty, migrated database with a tenant of so many assignments, the same at every run: an eighth as many
 * people, forty roles over forty subscriptions, of ten assignments six eligible; use of every third, findings about
 * every tenth, one whole reading. One person has as many at every size.
 */
export async function seedPosture(client: Client, size: number): Promise<void> {
  const people = Math.max(100, Math.round(size / 8));
  const run = `md5('reading')::uuid`;
  const seen = `${run}, now() - interval '40 days'`;
  const person = (n: string) => `md5('person ' || ${n})::uuid::text`;
  await client.query(
    `insert into inventory_runs (id, kind, started_at, finished_at, gone_on_at, appeared, gone, totals, privilege)
     values (${run}, 'full', now() - interval '10 minutes', now() - interval '8 minutes', now(), 0, 0, $1, $2)`,
    [
      JSON.stringify([{ plane: 'azure', kind: 'eligible', principalKind: 'member', count: size }]),
      JSON.stringify({ standing: Math.round(size / 10), onRequest: Math.round(size / 2) }),
    ],
  );
  await client.query(
    `insert into principals (id, kind, name, upn, enabled, list, seen_in, first_seen_at)
     select ${person('n')}, 'member', 'Person ' || n, 'person' || n || '@contoso.example', n % 40 <> 0, 'users', ${seen}
     from generate_series(1, ${people}) n
     union all select '${plantedTenant.personId}', 'member', '${plantedTenant.person}', 'ottoline@contoso.example', true, 'users', ${seen}`,
  );
  await client.query(
    `insert into mirror_roles (plane, role_id, definition, is_privileged, read_at)
     select 'azure', 'role-' || r, jsonb_build_object('plane', 'azure', 'id', 'role-' || r, 'name', 'Role ' || r,
       'description', '', 'isBuiltIn', true, 'isPrivileged', false, 'actions', jsonb_build_array('Microsoft.Compute/*/read'),
       'notActions', '[]'::jsonb, 'dataActions', '[]'::jsonb, 'notDataActions', '[]'::jsonb), false, now()
     from generate_series(0, 39) r`,
  );
  await client.query(
    `insert into assignments (id, list, place, plane, kind, role_id, role_name, scope_id, scope_name, scope_kind,
       principal_id, azure_id, seen_in, first_seen_at, starts_at, created_at)
     select 'a' || n, case when n % 10 < 6 then 'azure_eligible' else 'azure_active' end,
       '/subscriptions/' || md5('subscription ' || n % 40)::uuid, 'azure',
       case when n % 10 < 6 then 'eligible' when n % 10 < 8 then 'standing' else 'time_bound' end,
       'role-' || n * 31 % 40, 'Role ' || n * 31 % 40,
       '/subscriptions/' || md5('subscription ' || n % 40)::uuid || '/resourceGroups/rg-' || n % 400, 'rg-' || n % 400,
       'resource_group', case when n <= ${theirs} then '${plantedTenant.personId}' else ${person(`(n::bigint * 7919 % ${people} + 1)`)} end,
       'a' || n, ${seen}, now() - interval '400 days', now() - interval '400 days'
     from generate_series(1, ${size}) n`,
  );
  await client.query(
    `insert into uses (principal_id, plane, role_id, scope_id, count, last_at, active_minutes, granted_minutes)
     select principal_id, plane, lower(role_id), lower(scope_id), count(*)::int * 3,
       now() - make_interval(days => min(substr(id, 2)::int) % 200), 90, 240
     from assignments where kind = 'eligible' and substr(id, 2)::int % 3 = 0
     group by principal_id, plane, lower(role_id), lower(scope_id)`,
  );
  await client.query(
    `insert into use_coverage (id, source, from_at, until_at)
     values (gen_random_uuid(), 'azure_audit', now() - interval '120 days', now())`,
  );
  await client.query(
    `insert into findings (kind, subject, risk, rank, title, evidence, next_step, principal_id, assignment_id, state,
       first_seen_at, last_seen_at)
     select case when n % 2 = 0 then 'never_activated' else 'oversized_role' end, id,
       (array['high', 'medium', 'low'])[1 + n % 3], n % 3, 'Found about ' || role_name, '[]', 'Look at it', principal_id,
       id, 'open', now() - make_interval(secs => n), now()
     from (select *, substr(id, 2)::int / 10 as n from assignments where substr(id, 2)::int % 10 = 0) tenth`,
  );
  await client.query('vacuum analyze');
}
