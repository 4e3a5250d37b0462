import type { Client } from 'pg';

/** The people who sign in and look; their object ids. */
export interface Cast {
  engineer: string;
  approver: string;
}

/** What the searches of the measurement look for: as many rows, and as old, in a small record as in a large one. */
export const planted = { person: 'Ottoline', rarePerson: 'Zebedee', scope: 'Quarry', nobody: 'Xyzzy' };

/** Of every size: waiting in all, of these for the approver, and active. */
const waiting = 220;
const forApprover = 30;
const active = 80;

const given =
  "'{Alma,Ben,Chloe,Dan,Elsa,Finn,Greta,Hugo,Iris,Jon,Kaja,Liam,Maja,Nils,Olga,Per,Runa,Sam,Tove,Ulf}'::text[]";
const family =
  "'{Adler,Bergs,Carlo,Dahl,Ekman,Falk,Grahn,Holt,Ibsen,Jarl,Kern,Lund,Moen,Nord,Orre,Palm,Quist,Rask,Strand,Thorn}'::text[]";
const azureRoles =
  "'{Contributor,Reader,Owner,User Access Administrator,Key Vault Administrator,Network Contributor,Storage Blob Data Owner,Virtual Machine Contributor,AcrPush,Monitoring Contributor}'::text[]";
const entraRoles =
  "'{Global Reader,User Administrator,Security Reader,Application Administrator,Helpdesk Administrator,Reports Reader,Groups Administrator,Exchange Administrator}'::text[]";

/**
 * Fills an empty, migrated database with a record of `size` requests over three years, the same at every run: a
 * fiftieth as many people, decisions for a third, three audit entries each, the mirror of everybody. The oldest rows
 * are the planted ones, the newest those that wait or are active. Indexes are made after the rows, for speed.
 */
export async function seedRecord(client: Client, size: number, cast: Cast): Promise<void> {
  const people = Math.max(20, Math.round(size / 20));
  const rebuild = await withoutIndexes(client);
  await client.query('alter table requests disable trigger requests_know_names');
  await client.query(
    `create temp table one as
     select n, ${size} - n as age, md5('request ' || n)::uuid as id,
       case when n <= 160 then ${people} + n % 20 when n <= 163 then ${people} + 20
         when n % ${Math.max(8, Math.round(size / 2000))} = 0 and n <= ${size - waiting - active} then -1
         else n::bigint * 7919 % ${people} end as person,
       n * 31 % 10 as kind, n * 17 % 100 as fate,
       now() - make_interval(secs => (${size} - n) * ${(3 * 365 * 86_400) / size}::float8 + 7200) as filed
     from generate_series(1, ${size}) n`,
  );
  await client.query(
    `insert into requests (id, submission_id, origin, requester_id, requester_name, plane, role_id, scope_id, role_name,
       scope_name, scope_kind, eligibility_id, justification, ticket_number, minutes, status, filed_at, azure_id,
       waiting_since, starts_at, ends_at, active_at, ended_at, end_cause, failure, check_at, version)
     select id, id, 'stint', ${idOf('person', cast)}, ${nameOf('person', people)}, plane,
       case plane when 'azure' then '/providers/Microsoft.Authorization/roleDefinitions/' || md5(role) when 'entra' then md5(role)::uuid::text else 'member' end,
       case plane when 'entra' then '/' when 'group' then md5('group ' || place)::uuid::text
         else '/subscriptions/' || md5('subscription ' || place % 40)::uuid || '/resourceGroups/' || scope end,
       role, case plane when 'entra' then 'Directory' when 'group' then 'sg-team-' || place else scope end,
       case plane when 'azure' then 'resource_group' when 'entra' then 'directory' else 'group' end,
       md5('eligibility ' || n)::uuid::text, 'Scheduled work on ' || scope || ', as planned last week', 'CHG' || n, 60, status, filed,
       md5('azure ' || n)::uuid::text, case when n % 3 = 0 then filed end,
       case when ran then filed + interval '1 minute' end, case when ran then filed + interval '61 minutes' end,
       case when ran then filed + interval '1 minute' end, case when status = 'ended' then filed + interval '61 minutes' end,
       case when status = 'ended' then case when n % 4 = 0 then 'ended_early' else 'expired' end end,
       case when status = 'failed' then 'Azure answered 403.' end,
       case when age < ${waiting + active} then now() + interval '5 days' end, 3
     from (select *, status in ('ended', 'active') as ran,
         case plane when 'azure' then (${azureRoles})[1 + (n / 10) % 10] when 'entra' then (${entraRoles})[1 + (n / 10) % 8] else 'Member' end as role,
         case when n between 200 and 300 then '${planted.scope} vault' when age < ${waiting + active} then 'rg-now-' || n
           else 'rg-' || place end as scope
       from (select *, n::bigint * 6151 / 7 % ${Math.max(40, Math.round(size / 250))} as place,
           case when n between 200 and 300 or age < ${waiting + active} then 'azure' when kind < 6 then 'azure' when kind < 9 then 'entra' else 'group' end as plane,
           case when age < ${waiting} then 'awaiting_approval' when age < ${waiting + active} then 'active'
             when fate < 80 then 'ended' when fate < 88 then 'denied' when fate < 92 then 'withdrawn'
             when fate < 95 then 'lapsed' when fate < 99 then 'failed' else 'ended' end as status
         from one) planes) named`,
  );
  await client.query(
    `insert into request_approvers (request_id, approver_id, approver_name, through, named_at)
     select id, case which when 0 then case when age < ${forApprover} or (age >= ${waiting} and n % 9 = 0) then '${cast.approver}'
         else md5('approver ' || n % 200)::uuid::text end else md5('approver ' || which || ' ' || n % 150)::uuid::text end,
       'Approver ' || which, null, filed
     from one, generate_series(0, 2) which where n % 3 = 0 or age < ${waiting}`,
  );
  await client.query(
    `insert into decisions (id, request_id, requester_id, approver_id, approver_name, approve, justification, state, origin, decided_at)
     select md5('decision ' || n)::uuid, id, ${idOf('person', cast)},
       case when n % 9 = 0 and n % 2 = 0 then '${cast.approver}' else md5('approver 1 ' || n % 150)::uuid::text end,
       'Approver', fate < 80, 'Known work', 'recorded', 'stint', filed + interval '4 minutes'
     from one where n % 3 = 0 and age >= ${waiting} and person <> -2 and fate not between 88 and 94`,
  );
  await client.query(
    `insert into audit_entries (at, action, actor_kind, actor_id, actor_name, subject_kind, subject_id, details, trace_id)
     select filed + make_interval(mins => step), (array['request.filed', 'request.granted', 'request.ended'])[1 + step],
       'person', ${idOf('person', cast)}, 'Somebody', 'request', id::text,
       '{"minutes": 60, "justification": "Scheduled work", "from": "filed", "to": "provisioning"}', md5('trace ' || n)
     from one, generate_series(0, 2) step order by n, step`,
  );
  await seedMirror(client, people, cast);
  await client.query(
    'insert into requester_names select distinct requester_id, requester_name from requests',
  );
  await client.query(
    'insert into role_names select distinct plane, role_id, scope_id, role_name, scope_name from requests',
  );
  await client.query('drop table one');
  await client.query('alter table requests enable trigger requests_know_names');
  for (const statement of rebuild) await client.query(statement);
  await client.query('vacuum analyze');
}

const idOf = (person: string, { engineer }: Cast) =>
  `case when ${person} = -1 then '${engineer}' else md5('person ' || ${person})::uuid::text end`;

const nameOf = (person: string, people: number) =>
  `case when ${person} = -1 then 'Ada Lind' when ${person} = ${people + 20} then '${planted.rarePerson} Stone'
     when ${person} >= ${people} then '${planted.person} Vale ' || ${person}
     else (${given})[1 + ${person} % 20] || ' ' || (${family})[1 + ${person} / 20 % 20] || ' ' || ${person} end`;

/** What everybody may ask for, four roles each; the engineer twenty. */
async function seedMirror(client: Client, people: number, cast: Cast): Promise<void> {
  await client.query(
    `insert into mirror_eligible (principal_id, plane, role_id, scope_id, role_name, scope_name, scope_kind, eligibility_id)
     select case when person = 0 then '${cast.engineer}' else md5('person ' || person)::uuid::text end, 'azure',
       '/providers/Microsoft.Authorization/roleDefinitions/' || md5((${azureRoles})[1 + slot % 10]),
       '/subscriptions/' || md5('subscription ' || (person + slot) % 40)::uuid || '/resourceGroups/rg-' || (person + slot),
       (${azureRoles})[1 + slot % 10], 'rg-' || (person + slot), 'resource_group', md5(person || ' ' || slot)::uuid::text
     from generate_series(0, ${people}) person, generate_series(0, 19) slot where slot < 4 or person = 0`,
  );
  await client.query(
    `insert into mirror_runs (principal_id, plane, read_at, tried_at)
     select who, plane, now(), now() from unnest(array['azure', 'entra', 'group']) plane,
       (select md5('person ' || person)::uuid::text from generate_series(1, ${people}) person
        union all values ('${cast.engineer}'), ('approvals:${cast.approver}')) as everybody(who)
     on conflict (principal_id, plane) do update set read_at = now(), tried_at = now()`,
  );
  await client.query(
    `insert into people (object_id, name, kind, job_title, department, seen_at)
     select md5('person ' || person)::uuid::text, ${nameOf('person', people)}, 'member', 'Engineer', 'Platform', now()
     from generate_series(0, ${people}) person on conflict do nothing`,
  );
}

/** Drops what can be made again after the rows, and says how. */
async function withoutIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where not exists (select from pg_constraint where conindid = indexrelid)
       and indrelid in ('requests'::regclass, 'request_approvers'::regclass, 'decisions'::regclass,
         'audit_entries'::regclass, 'requester_names'::regclass, 'role_names'::regclass)`,
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}
