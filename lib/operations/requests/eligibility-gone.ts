import { and, eq } from 'drizzle-orm';
import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { ProofPort } from '#lib/azure/ports.ts';
import type { Changed } from '#lib/operations/change.ts';
import { move, type RequestRecord } from './move.ts';

/** How the Reader finds out who is eligible, and who is in a group. */
export type Eligibilities = Pick<ProofPort, 'shows' | 'isWithin'>;

/** Azure may show an activation a moment after its start: asked at this look that misses it, and then now and then. */
const firstAt = 3;
const every = 20;

/**
 * Whether a scheduled request has come to its start without the eligibility it was asked with: PIM drops what hangs on
 * it, and says so to nobody. False also while Azure does not answer.
 */
export async function isEligibilityGone(request: RequestRecord, proof: Eligibilities): Promise<boolean> {
  const { status, startsAt, misses } = request;
  if (status !== 'scheduled' || misses % every !== firstAt) return false;
  if (!startsAt || startsAt > (await clock(db()))) return false;
  try {
    return await lacksEligibility(request, proof);
  } catch (error) {
    if (error instanceof AzureFault) return false;
    throw error;
  }
}

/** Whether Azure shows nobody eligible for what is asked for who asked, of themself or by their group. @throws AzureFault */
export async function lacksEligibility(
  { plane, roleId, requesterId, ...request }: RequestRecord,
  { shows, isWithin }: Eligibilities,
): Promise<boolean> {
  const scopeId = request.eligibleScopeId ?? request.scopeId;
  const [known] = await db()
    .select({ groupId: mirrorEligible.throughGroupId })
    .from(mirrorEligible)
    .where(
      and(
        eq(mirrorEligible.principalId, requesterId),
        eq(mirrorEligible.plane, plane),
        eq(mirrorEligible.roleId, roleId),
        eq(mirrorEligible.scopeId, scopeId),
      ),
    );
  const groupId = known?.groupId ?? null;
  const holder = { plane, roleId, scopeId, principalId: groupId ?? requesterId };
  if (!(await shows(holder, 'eligible'))) return true;
  return groupId !== null && !(await isWithin(groupId, requesterId));
}

export async function failWithoutEligibility(tx: Tx, seen: RequestRecord): Promise<Changed<unknown>> {
  if (seen.status !== 'scheduled') return { value: null, entries: [] };
  const failure =
    'You were not eligible for this any more when it was to start, so Azure did not start it. Ask whoever manages the role.';
  const details = { failure, recheck: 'eligibility' };
  return move(tx, seen, 'failed', { failure, checkAt: null }, 'request.failed', details);
}
