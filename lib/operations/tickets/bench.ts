/** A bench with a ticket system in memory beside the tenant, anew before each test. Called once at the top of a test file. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { ticketChecks, ticketSystems } from '#db/schema/tickets.ts';
import type { AzurePorts } from '#lib/azure/ports.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import type { Submit } from '#lib/operations/requests/activate.ts';
import type { Bench, Person } from '#lib/operations/testing.ts';
import { checkTicket } from './check-ticket.ts';
import { saveSystem } from './save-system.ts';
import { takeDueTickets } from './take-due-tickets.ts';
import { fakeDesk, newSystem } from './testing.ts';

/** `own`: whose access is read before each test, the first of whom asks for `role` unless a test says otherwise. */
export function ticketBench<Azure extends AzurePorts>(
  open: () => Promise<Bench<Azure>>,
  own: readonly [Person, ...Person[]],
  role: RoleAtScope,
) {
  const at = { desk: fakeDesk() } as { bench: Bench<Azure>; desk: ReturnType<typeof fakeDesk> };
  beforeAll(async () => {
    at.bench = await open();
  });
  afterAll(() => at.bench?.close());
  beforeEach(async () => {
    await at.bench.reset();
    await empty('ticket_checks ticket_comments ticket_holds ticket_faults ticket_systems settings');
    at.desk = fakeDesk();
    at.bench.tickets = at.desk.ports;
    for (const person of own) await at.bench.reads(person);
  });

  const mira = () => at.bench.as({ id: 'mira', name: 'Mira Novak' }, 'Stint.Administrator');
  /** As the door does it: asks first, then files. */
  async function submits(
    person: Person,
    asked: RoleAtScope,
    ticketNumber: string,
    facts: Partial<Submit> = {},
  ) {
    const ticketCheck = await checkTicket(ticketNumber, at.desk.ports);
    const { answers } = await at.bench.submits(person, [asked], { ticketNumber, ticketCheck, ...facts });
    return answers[0];
  }
  return Object.assign(at, {
    mira,
    submits,
    add: (...facts: Parameters<typeof newSystem>) =>
      saveSystem(mira(), { id: null, version: 0, facts: newSystem(...facts) }),
    system: async () => (await db().select().from(ticketSystems))[0],
    /** The new request's id. @throws the refusal. */
    filed: async (ticketNumber = 'INC1', facts: Partial<Submit> = {}, asked = role) => {
      const answer = await submits(own[0], asked, ticketNumber, facts);
      if (!answer?.requestId) throw answer?.refusal ?? new Error('no answer');
      return answer.requestId;
    },
    checkOf: async (id: string) =>
      (await db().select().from(ticketChecks).where(eq(ticketChecks.requestId, id)))[0],
    round: async () => {
      await takeDueTickets(randomUUID);
      return at.bench.deliver();
    },
  });
}
