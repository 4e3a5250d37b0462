import type { Metadata } from 'next';
import Link from 'next/link';
import { saveTicketSystem } from '#app/(portal)/settings/tickets/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { newForm } from '#components/settings/ticket-form.ts';
import { TicketSystemForm } from '#components/settings/ticket-system-form.tsx';
import { mayAdminister } from '#lib/domain/permission.ts';
import { ticketKindFacts, ticketKinds } from '#lib/domain/ticket-system.ts';

export const metadata: Metadata = { title: 'New ticket system' };

type Query = Record<string, string | string[] | undefined>;

export default async function NewTicketSystemPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { kind: wanted } = await searchParams;
  const kind = ticketKinds.find((one) => one === wanted);
  const viewer = await viewerAt(kind ? `/settings/tickets/new?kind=${kind}` : '/settings/tickets/new');
  if (!mayAdminister(viewer)) return notHere(viewer, 'GET /settings/tickets/new', '');
  return (
    <>
      <h2 className="mb-3 font-semibold text-lg">New ticket system</h2>
      <nav aria-label="Kind" className="mb-5 flex flex-wrap gap-2">
        {ticketKinds.map((one) => (
          <Link
            aria-current={one === kind ? 'page' : undefined}
            className="btn btn-small aria-[current=page]:border-accent"
            href={`/settings/tickets/new?kind=${one}`}
            key={one}
            prefetch={false}
          >
            {ticketKindFacts[one].name}
          </Link>
        ))}
      </nav>
      {kind ? (
        <TicketSystemForm begin={newForm(kind)} id={null} key={kind} save={saveTicketSystem} version={0} />
      ) : (
        <p className="max-w-prose text-soft">Choose what it is. Each is asked in its own way.</p>
      )}
    </>
  );
}
