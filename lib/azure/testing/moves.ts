import { randomUUID } from 'node:crypto';
import { AzureFault } from '#lib/azure/faults.ts';
import type { Activation, FiledRequest } from '#lib/azure/ports.ts';
import { type ActiveAssignment, type RoleAtScope, roleKey } from '#lib/domain/assignment.ts';
import type { Bench, Person } from './bench.ts';

/** An activation of an hour for a reason, linked to the person's own eligibility. */
export async function activationOf(
  { ports, token }: Bench,
  who: Person,
  role: RoleAtScope,
  changes: Partial<Activation> = {},
): Promise<Activation> {
  const rows = await ports.person[role.plane].eligible(await token(who, role.plane), who.id);
  const eligibilityId = rows.find((row) => roleKey(row) === roleKey(role))?.eligibilityId ?? randomUUID();
  return {
    ...role,
    requestId: randomUUID(),
    principalId: who.id,
    eligibilityId,
    justification: 'Look into the failing backups',
    ticketNumber: '',
    ticketSystem: '',
    startsAt: null,
    minutes: 60,
    ...changes,
  };
}

/** Files an activation with the person's own token. */
export async function activate(
  bench: Bench,
  who: Person,
  role: RoleAtScope,
  changes: Partial<Activation> = {},
): Promise<{ activation: Activation; filed: FiledRequest; token: string }> {
  const activation = await activationOf(bench, who, role, changes);
  const token = await bench.token(who, role.plane);
  const filed = await bench.ports.person[role.plane].activate(token, activation);
  return { activation, filed, token };
}

/** The activation as the Reader sees it, once it can be seen. */
export async function seen(bench: Bench, role: RoleAtScope, who: Person): Promise<ActiveAssignment> {
  return until(async () => await bench.ports.reader.activated(role, who.id));
}

/** Asks again until there is an answer; a provisioning delay is part of the contract. */
async function until<T>(ask: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await ask();
    if (answer !== null) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('Azure never showed it.');
}

/** The fault a call ends in. Any other error, or none, fails the test. */
export async function faultFrom(call: Promise<unknown>): Promise<AzureFault> {
  try {
    await call;
  } catch (error) {
    if (error instanceof AzureFault) return error;
    throw error;
  }
  throw new Error('The call was expected to be refused, and was not.');
}
