import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import type { Covered, UseSource } from '#lib/domain/use.ts';

/** Notes that a source knows this time without a hole; times that meet become one. */
export async function cover(tx: Tx, source: UseSource, { fromAt, untilAt }: Covered): Promise<void> {
  const [from, until] = [fromAt.toISOString(), untilAt.toISOString()];
  await tx.execute(sql`
    with met as (
      delete from use_coverage
      where source = ${source} and from_at <= ${until}::timestamptz and until_at >= ${from}::timestamptz
      returning from_at, until_at)
    insert into use_coverage (id, source, from_at, until_at)
    select gen_random_uuid(), ${source}, least(${from}::timestamptz, min(from_at)), greatest(${until}::timestamptz, max(until_at))
    from met`);
}
