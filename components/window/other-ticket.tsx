import Link from 'next/link';
import { choiceName } from '#components/roles/role-words.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';

/** What is on cannot be asked for again, but may serve another ticket. */
export function OtherTicket({ row }: { row: EligibleRow }) {
  if (!row.onByRequestId) return null;
  return (
    <Link
      aria-label={`Use for another ticket: ${choiceName(row)}`}
      className="link inline-block leading-6"
      href={`/?need=${row.onByRequestId}`}
      prefetch={false}
      scroll={false}
    >
      Use for another ticket
    </Link>
  );
}
