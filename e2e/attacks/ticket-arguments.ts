import { randomUUID } from 'node:crypto';
import { usualRules } from '#lib/domain/ticket-system.ts';

/** What the actions about tickets are sent, with the id of whose it is. */
export const ticketArguments: Record<string, (id: string) => unknown> = {
  checkTicketNumber: () => ({ number: 'A1-1', startsAt: null }),
  saveTicketSystem: () => ({
    id: null,
    version: 0,
    facts: {
      ...{ name: `A1 ${randomUUID().slice(0, 8)}`, kind: 'pattern', baseUrl: '', project: '' },
      ...{ patterns: ['A1-{n}'], closedStates: [], template: null, rules: usualRules },
    },
  }),
  switchTicketSystem: (systemId) => ({ systemId, on: false }),
  tryTicketSystem: (systemId) => ({ systemId, number: 'A1-1' }),
  // Nobody's version.
  saveTicketRules: () => ({ version: 999, value: { forCritical: false, unknownNumbers: 'allow' } }),
};
