import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { mirrorRuns } from '#db/schema/mirror.ts';
import type { AzureFault } from '#lib/azure/faults.ts';
import type { Plane } from '#lib/domain/plane.ts';

/** Notes that a plane was read for a person, or why it could not be; an old good reading stays on record. */
export async function noteRun(
  tx: Tx,
  principalId: string,
  plane: Plane,
  failure: string | null,
): Promise<void> {
  const readAt = failure === null ? { readAt: sql`stint_now()` } : {};
  const facts = { ...readAt, triedAt: sql`stint_now()`, failure };
  await tx
    .insert(mirrorRuns)
    .values({ principalId, plane, ...facts })
    .onConflictDoUpdate({ target: [mirrorRuns.principalId, mirrorRuns.plane], set: facts });
}

const speakers: Record<Plane, string> = { entra: 'Entra', azure: 'Azure', group: 'PIM for Groups' };

/** Entra gives no token for a plane before that. */
export const strongerSignIn = (plane: Plane) =>
  `Microsoft asks for a stronger sign-in before ${speakers[plane]} is read. Activating a role there asks for it.`;

/** Why a plane could not be read, for the person. */
export function readingFailure(fault: AzureFault, plane: Plane): string {
  const planeName = speakers[plane];
  if (fault.kind === 'token_refused')
    return `${planeName} did not accept your sign-in. Sign out and in again.`;
  if (fault.kind === 'not_allowed') return `${planeName} does not let your account read this.`;
  if (fault.retry === 'later') return `${planeName} did not answer. Stint tries again at the next refresh.`;
  return `${planeName} answered something Stint does not understand (${fault.code || fault.kind}).`;
}
