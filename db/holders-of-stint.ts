import { sql } from 'drizzle-orm';
import { config } from '#lib/config/config.ts';
import type { AppRole } from '#lib/domain/actor.ts';
import type { Reader } from './client.ts';
import { latestParts } from './latest-parts.ts';

/**
 * Who holds a role of Stint in Entra, themselves or through a group, as the last reading of the tenant saw it: people
 * whose account is enabled. null: it did not read that list to its end. How old it is, is for the caller to ask.
 */
export async function holdersOfStint(from: Reader, role: AppRole): Promise<string[] | null> {
  const own = config().signIn.clientId.toLowerCase();
  const read = await from.execute(sql`
    select 1 from principals own join ${latestParts} part on part.place = lower(own.id)
    where own.app_id = ${own} and own.gone_at is null and part.list = 'app_role_holders' and part.state = 'done'
    limit 1`);
  if (rowsOf(read).length === 0) return null;
  const holders = await from.execute(sql`
    with held as (
      select principal_id as id from outside_roles
      where kind = 'application_permission' and what = ${role} and lower(details->>'appId') = ${own}
        and gone_at is null)
    select person.id from principals person
    where person.kind in ('member', 'guest') and person.gone_at is null and person.enabled is distinct from false
      and (person.id in (select id from held)
        or person.id in (select member_id from effective_members where group_id in (select id from held)))`);
  return rowsOf(holders).map(({ id }) => id);
}

const rowsOf = (result: unknown) => (result as { rows: { id: string }[] }).rows;
