/** A ticket system in memory, for tests of the engine: tickets by number, what is written into them, and no answer at all. */
import type { Ticket } from '#lib/domain/ticket.ts';
import { usualRules } from '#lib/domain/ticket-system.ts';
import { TicketSystemFault } from '#lib/tickets/faults.ts';
import type { TicketPorts } from '#lib/tickets/ports.ts';
import type { SystemFacts } from './save-system.ts';

export function fakeDesk() {
  const desk = {
    tickets: new Map<string, Ticket>(),
    comments: [] as string[],
    asked: 0,
    away: false,
    /** Seconds after which it wants to be asked again; null: it is not busy. */
    busy: null as number | null,
    /** Does what it is asked, and its answer is lost. */
    losesAnswers: false,
    has: (key: string, facts: Partial<Ticket> = {}) => desk.tickets.set(key, { ...plain(key), ...facts }),
    ports: (() => ({
      find: async (number) => {
        desk.asked++;
        if (desk.away) throw new TicketSystemFault('away');
        if (desk.busy !== null) throw new TicketSystemFault('busy', { retryAfterSeconds: desk.busy });
        return desk.tickets.get(number) ?? null;
      },
      comment: async (key, text, marker) => {
        if (desk.away) throw new TicketSystemFault('away');
        if (!desk.comments.some((one) => one.includes(marker))) desk.comments.push(`${key}: ${text}`);
        if (desk.losesAnswers) throw new TicketSystemFault('away');
      },
    })) as TicketPorts,
  };
  return desk;
}

const plain = (key: string): Ticket => ({
  ...{ key, moved: false, title: `About ${key}`, state: 'In Progress', open: true, url: null },
  ...{ assignedTo: null, assignees: [], groups: [], window: null, affected: [] },
});

/** What an administrator fills in. */
export function newSystem(
  rules: Partial<SystemFacts['rules']> = {},
  facts: Partial<SystemFacts> = {},
): SystemFacts {
  return {
    ...{ name: 'Service desk', kind: 'servicenow', baseUrl: 'https://desk.example.com', project: '' },
    ...{ patterns: ['INC{n}', 'CHG{n}'], closedStates: ['closed'], template: null },
    rules: { ...usualRules, ...rules },
    ...facts,
  };
}
