import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { principals } from '#db/schema/inventory.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/**
 * Somebody of the tenant who can sign in, by user principal name or object id, as the last reading knows them.
 * @throws Refusal `malformed` naming the field, when nobody is called so.
 */
export async function personCalled(
  tx: Tx,
  text: string,
  field: string,
): Promise<{ id: string; name: string }> {
  const called = text.trim().toLowerCase();
  const [one] = await tx
    .select({ id: principals.id, name: principals.name })
    .from(principals)
    .where(
      sql`(${principals.id} = ${called} or lower(${principals.upn}) = ${called})
        and kind in ('member', 'guest') and gone_at is null and enabled is not false`,
    )
    .limit(1);
  if (!one) throw new Refusal('malformed', 'Nobody in the tenant signs in with that name.', field);
  return one;
}
