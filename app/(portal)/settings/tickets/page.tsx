import type { Metadata } from 'next';
import Link from 'next/link';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { BrokenAccess } from '#components/settings/broken-access.tsx';
import { TicketRulesForm } from '#components/settings/ticket-rules-form.tsx';
import { TicketSystems } from '#components/settings/ticket-systems.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Section } from '#components/ui/section.tsx';
import { ticketSettings } from '#lib/queries/ticket-settings.ts';
import { saveTicketRules } from './actions.ts';

export const metadata: Metadata = { title: 'Tickets' };

export default async function TicketsPage() {
  const viewer = await viewerAt('/settings/tickets');
  const page = await ticketSettings(viewer);
  if (!page) return notHere(viewer, 'GET /settings/tickets', '');
  const { broken, now, rules, systems } = page;
  return (
    <>
      <p className="mb-5 max-w-prose text-soft">
        Where a role asks for a ticket, Stint asks the system that has it: while the number is typed, when the
        request is sent, when access starts, and while it is on. PIM itself only keeps the number.
      </p>
      <BrokenAccess rows={broken} />
      <Section title="Systems">
        {systems.length === 0 ? (
          <Empty title="No ticket system yet">
            <p>Any text is taken as a ticket number, as PIM takes it. Add the system your tickets are in.</p>
          </Empty>
        ) : (
          <TicketSystems now={now} rows={systems} />
        )}
        <p className="mt-3">
          <Link className="btn" href="/settings/tickets/new" prefetch={false}>
            Add a system
          </Link>
        </p>
      </Section>
      <Section title="Who has to name one">
        <TicketRulesForm save={saveTicketRules} value={rules.value} version={rules.version} />
      </Section>
    </>
  );
}
