import { type SQL, sql } from 'drizzle-orm';

/** What is known about an item at the opening, as SQL over a row of the population. */

const day = (value: SQL) => sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD')`;
const iso = (value: SQL) => sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
/** A fact as JSON text; null when there is none. */
const fact = (label: string, value: SQL) =>
  sql`'{"label":"' || ${label} || '","value":' || to_json(${value})::text || '}'`;

const facts: readonly SQL[] = [
  fact(
    'Use',
    sql`case when h.kind = 'eligible' then case
      when h.last_at is not null then 'Last activated ' || ${day(sql`h.last_at`)} || ', ' || h.uses
        || case h.uses when 1 then ' time' else ' times' end || coalesce(' since ' || ${day(sql`h.since`)}, '')
      when h.since is null then 'Not known yet' else 'Never activated since ' || ${day(sql`h.since`)} end end`,
  ),
  fact(
    'Active time',
    sql`case when h.granted_minutes > 0 then h.active_minutes || ' of ' || h.granted_minutes || ' granted minutes' end`,
  ),
  fact('Last sign-in', sql`${day(sql`h.last_sign_in_at`)}`),
  fact('Account', sql`case when h.disabled then 'Disabled' end`),
  fact(
    'Holder',
    sql`case h.holder when 'gone' then 'Not in the tenant any more' when 'unseen' then 'Not shown by the last reading' end`,
  ),
  fact('It can', sql`nullif(h.dangers, '')`),
  fact(
    'Path',
    sql`case when h.through then 'Through the group ' || coalesce(h.through_name, h.through_group_id) else 'Direct' end`,
  ),
  fact('Ends', sql`${day(sql`h.ends_at`)}`),
  fact('Condition', sql`h.condition`),
  fact(
    'Policy',
    sql`case when h.policy is not null and h.kind = 'eligible' then concat_ws(', ',
      case when (h.policy ->> 'approval')::boolean then 'approval' else 'no approval' end,
      case when (h.policy ->> 'mfa')::boolean then 'multifactor authentication' end,
      'up to ' || (h.policy ->> 'maximumMinutes') || ' minutes') end`,
  ),
  fact('Found', sql`h.findings`),
  fact('Earlier', sql`h.earlier`),
  fact('Emergency', sql`case when h.break_glass then 'Break-glass account' end`),
];

/** As `Evidence[]`: only what is known, worth reading first to last. */
export const itemEvidence = sql`('[' || concat_ws(',', ${sql.join([...facts], sql`, `)}) || ']')::jsonb`;

/** As `AssignmentKept`: what is needed to make the same again. */
export const keptOf = sql`jsonb_build_object('assignmentId', h.id, 'azureId', h.azure_id, 'scheduleId', h.schedule_id,
  'kind', h.kind, 'plane', h.plane, 'roleId', h.role_id, 'roleName', h.role_name, 'scopeId', h.scope_id,
  'scopeName', h.scope_name, 'scopeKind', h.scope_kind, 'principalId', h.holder_id,
  'principalName', coalesce(h.name, h.holder_id), 'principalKind', h.principal_kind, 'condition', h.condition,
  'conditionVersion', h.condition_version, 'startsAt', ${iso(sql`h.starts_at`)}, 'endsAt', ${iso(sql`h.ends_at`)})`;
