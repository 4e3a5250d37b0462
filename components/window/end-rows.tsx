import { roleAtScopeName } from '#components/roles/role-words.ts';
import { orList } from '#components/ui/or-list.ts';
import type { ActiveRow, EndResult } from '#lib/queries/rows.ts';
import { othersThan, ticketName, ticketsOf } from './tickets-of.ts';

interface Props {
  rows: ActiveRow[];
  chosen: ReadonlySet<string>;
  ticket: string | null;
  results: EndResult[];
  onToggle: (requestId: string) => void;
}

/** What is on, to be ticked; what stays on for another ticket says so. */
export function EndRows({ rows, chosen, ticket, results, onToggle }: Props) {
  return (
    <ul aria-label="What is on" className="grid max-h-[40dvh] gap-1.5 overflow-auto">
      {rows.map((row) => {
        const id = row.requestId ?? '';
        const others = ticket !== null && chosen.has(id) ? othersThan(ticket, row) : [];
        const refusal = results.find(({ requestId }) => requestId === id)?.refusal;
        return (
          <li key={id}>
            <label className="flex items-start gap-2 text-sm">
              <input
                checked={chosen.has(id)}
                className="check mt-0.5"
                onChange={() => onToggle(id)}
                type="checkbox"
              />
              <span className="min-w-0">
                {roleAtScopeName(row)}{' '}
                <span className="text-faint">
                  {others.length > 0
                    ? `stays on for ${orList(others)}`
                    : ticketsOf(row).map(ticketName).join(' · ')}
                </span>
              </span>
            </label>
            {refusal && (
              <p className="pl-6 text-sm text-warn" role="alert">
                {refusal.message}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
