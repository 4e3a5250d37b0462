import { ticketSecrets } from '#lib/config/config.ts';
import { credentialName, type TicketKind, type TicketSystem } from '#lib/domain/ticket-system.ts';
import type { Reach } from '#lib/outbound/address.ts';
import { type Access, type Asking, askingOf, type Scheme } from './asking.ts';
import { azureDevops } from './azure-devops.ts';
import { TicketSystemFault } from './faults.ts';
import { github } from './github.ts';
import { httpTemplate } from './http-template.ts';
import { jira } from './jira.ts';
import { patternOnly } from './pattern-only.ts';
import type { TicketPort, TicketPorts } from './ports.ts';
import { servicenow } from './servicenow.ts';

interface Adapter {
  open(asking: Asking): TicketPort;
  scheme: Scheme;
  needsCredential: boolean;
}

const adapters: Record<Exclude<TicketKind, 'pattern'>, Adapter> = {
  servicenow: { open: servicenow, scheme: 'bearer', needsCredential: true },
  jira: { open: jira, scheme: 'bearer', needsCredential: true },
  github: { open: github, scheme: 'bearer', needsCredential: false },
  azure_devops: { open: azureDevops, scheme: 'basic', needsCredential: true },
  http: { open: httpTemplate, scheme: 'bearer', needsCredential: false },
};

/** Opens the adapter of a system; nothing is called yet. @throws TicketSystemFault `not_configured`. */
export function openTickets(
  system: TicketSystem,
  accessOf: (name: string) => Access | null,
  reach: Reach,
): TicketPort {
  if (system.kind === 'pattern') return patternOnly();
  const { open, scheme, needsCredential } = adapters[system.kind];
  const access = accessOf(credentialName(system.name));
  if (needsCredential && !access) throw new TicketSystemFault('not_configured');
  return open(askingOf(system, access, scheme, reach));
}

/** Ticket systems, live, with the credentials of this process's environment. */
export const liveTickets: TicketPorts = (system) => {
  const { access, reach } = ticketSecrets();
  return openTickets(system, access, reach);
};

/** Whether the environment holds a credential for a system of this name: never the credential. */
export function hasCredential(name: string): boolean {
  return ticketSecrets().access(credentialName(name)) !== null;
}
