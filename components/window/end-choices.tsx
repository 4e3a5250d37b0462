import type { ReactNode } from 'react';
import { orList } from '#components/ui/or-list.ts';
import type { ActiveRow } from '#lib/queries/rows.ts';
import { allTickets, othersThan, ticketName } from './tickets-of.ts';

interface Props {
  rows: ActiveRow[];
  only: ActiveRow | null;
  ticket: string | null;
  choose: (ticket: string | null) => void;
}

/** For all it is on for, or for one ticket alone; nothing to choose where there is one ticket or none. */
export function EndChoices({ rows, only, ticket, choose }: Props) {
  const tickets = allTickets(rows).filter((ticket) => only || ticket);
  if (only ? tickets.length < 2 : tickets.length === 0) return null;
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 font-[550] text-sm">{only ? 'Done with' : 'What belongs to'}</legend>
      <Choice checked={ticket === null} onChange={() => choose(null)}>
        {only ? 'all of it' : 'what is ticked below'}
      </Choice>
      {tickets.map((one) => (
        <Choice checked={ticket === one} key={one} onChange={() => choose(one)}>
          {ticketName(one)}
          {only && <span className="text-faint">: it stays on for {orList(othersThan(one, only))}</span>}
        </Choice>
      ))}
    </fieldset>
  );
}

function Choice({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: () => void;
  children: ReactNode;
}) {
  return (
    <label className="flex items-center gap-2 text-sm">
      <input checked={checked} className="accent-accent" name="ticket" onChange={onChange} type="radio" />
      <span>{children}</span>
    </label>
  );
}
