import { Chip } from '#components/ui/chip.tsx';
import type { TicketRow } from '#lib/queries/ticket-rows.ts';

interface Props {
  /** As the person typed it; '': none. */
  number: string;
  ticket: TicketRow | null;
  none: string;
}

/** A ticket by its number and, where its system told of it, its title, its state and what is wrong with it. */
export function TicketFacts({ number, ticket, none }: Props) {
  if (!ticket) return number || none;
  return (
    <>
      <TicketLink ticket={ticket} /> {ticket.title && <bdi>{ticket.title}</bdi>}{' '}
      {ticket.state && <Chip tone={ticket.verdict === 'broken' ? 'warn' : 'plain'}>{ticket.state}</Chip>}
      <TicketMark ticket={ticket} />
    </>
  );
}

export function TicketLink({ ticket: { key, url } }: { ticket: TicketRow }) {
  if (!url) return <span className="font-[550]">{key}</span>;
  return (
    <a
      className="link inline-flex min-h-6 items-center font-[550]"
      href={url}
      rel="noreferrer"
      target="_blank"
    >
      {key}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}

/** What is to be known about a ticket beyond its state. */
function TicketMark({ ticket: { verdict, note, system } }: { ticket: TicketRow }) {
  if (verdict === 'broken') return <span className="block text-warn text-xs">{note}</span>;
  if (!note) return null;
  const words = verdict === 'unreachable' ? 'Not checked' : 'Not checked again';
  return (
    <span className="block text-warn text-xs">
      {words}: {system} could not be asked, {note}
    </span>
  );
}
