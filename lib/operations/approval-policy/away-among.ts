import { sql } from 'drizzle-orm';
import { awayNow } from '#db/away-now.ts';
import type { Tx } from '#db/client.ts';

interface Row {
  person_id: string;
  deputy_id: string | null;
  deputy_name: string | null;
  ends_at: string | Date;
}

/** Who of them is away now, until when, and who stands in; also of the deputies themselves. */
export async function awayAmong(tx: Tx, people: readonly string[]) {
  const ids = JSON.stringify(people);
  const result = await tx.execute(sql`
    with away as (select * from absences where ${awayNow}),
    asked as (select jsonb_array_elements_text(${ids}::jsonb) as id)
    select person_id, deputy_id, deputy_name, ends_at from away
    where person_id in (select id from asked)
      or person_id in (select deputy_id from away where person_id in (select id from asked))
    order by ends_at desc, id`);
  const { rows } = result as unknown as { rows: Row[] };
  return {
    deputies: rows.flatMap(({ deputy_id }) => deputy_id ?? []),
    of(id: string) {
      const [last, ...others] = rows.filter(({ person_id }) => person_id === id);
      if (!last) return null;
      const deputy = [last, ...others].find(({ deputy_id }) => deputy_id !== null);
      return {
        until: `${new Date(last.ends_at).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
        deputy: deputy?.deputy_id
          ? { id: deputy.deputy_id, name: deputy.deputy_name ?? deputy.deputy_id }
          : null,
      };
    },
  };
}
