import type { Metadata } from 'next';
import Link from 'next/link';
import {
  saveTicketSystem,
  switchTicketSystem,
  tryTicketSystem,
} from '#app/(portal)/settings/tickets/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { ActionButton } from '#components/requests/action-button.tsx';
import { TicketFaults } from '#components/settings/ticket-faults.tsx';
import { formOf } from '#components/settings/ticket-form.ts';
import { TicketSystemForm } from '#components/settings/ticket-system-form.tsx';
import { TryTicket } from '#components/settings/try-ticket.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import { credentialName, ticketKindFacts } from '#lib/domain/ticket-system.ts';
import { ticketSettings } from '#lib/queries/ticket-settings.ts';
import { hasCredential } from '#lib/tickets/live.ts';

export const metadata: Metadata = { title: 'Ticket system' };

export default async function TicketSystemPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const viewer = await viewerAt(`/settings/tickets/${id}`);
  const page = await ticketSettings(viewer);
  const system = page?.systems.find((one) => one.id === id);
  if (!page || !system) return notHere(viewer, 'GET /settings/tickets/[id]', id);
  const known = ticketKindFacts[system.kind];
  const example = (system.patterns[0] ?? '').replaceAll('{n}', '12345').replaceAll('{any}', 'abc');
  return (
    <>
      <p className="mb-1 text-sm">
        <Link className="link inline-flex min-h-6 items-center" href="/settings/tickets" prefetch={false}>
          All systems
        </Link>
      </p>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <h2 className="font-semibold text-lg">{system.name}</h2>
        <span className="text-soft text-sm">
          {known.name} · {system.enabled ? 'on' : 'off'}, saved by {system.changedByName}{' '}
          <When at={system.changedAt} />
        </span>
        <ActionButton
          label={system.enabled ? 'Switch off' : 'Switch on'}
          look="btn btn-small"
          run={switchTicketSystem.bind(null, { systemId: id, on: !system.enabled })}
        />
      </div>
      <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_340px] lg:items-start lg:gap-8">
        <TicketSystemForm begin={formOf(system)} id={id} save={saveTicketSystem} version={system.version} />
        <div className="mt-7 grid gap-5 lg:mt-0">
          {known.address !== '' && !hasCredential(system.name) && (
            <Notice>
              This process has no STINT_TICKET_{credentialName(system.name)}_TOKEN: the system is asked
              without a credential, or not at all.
            </Notice>
          )}
          <Section title="Try it">
            <div className="panel px-3.5 py-3">
              <TryTicket example={example} systemId={id} tryIt={tryTicketSystem} />
            </div>
          </Section>
          <TicketFaults faults={system.faults} now={page.now} />
        </div>
      </div>
    </>
  );
}
