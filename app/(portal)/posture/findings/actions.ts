'use server';

import { z } from 'zod';
import { administer, typed } from '#app/(portal)/door.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { acceptFinding as accept } from '#lib/operations/posture/accept-finding.ts';
import { assignFinding as assign } from '#lib/operations/posture/assign-finding.ts';
import { reopenFinding as reopen } from '#lib/operations/posture/reopen-finding.ts';

const seen = z.object({ findingId: z.guid(), version: z.number().int().positive() });
const assignment = seen.extend({ assigneeId: z.string().max(100).nullable() });
const acceptance = seen.extend({ reason: typed, until: z.iso.date() });

/** Gives a finding to somebody, or to nobody. */
export async function assignFinding(input: z.input<typeof assignment>): Promise<Outcome<null>> {
  return administer('assignFinding', assignment, input, async ({ assigneeId, ...which }, ctx) => {
    await assign(ctx, which, assigneeId);
    return null;
  });
}

/** Answers for a finding until the end of a day of UTC. */
export async function acceptFinding(input: z.input<typeof acceptance>): Promise<Outcome<null>> {
  return administer('acceptFinding', acceptance, input, async ({ reason, until, ...which }, ctx) => {
    await accept(ctx, which, { reason, until: new Date(`${until}T23:59:59Z`) });
    return null;
  });
}

/** Takes an acceptance back. */
export async function reopenFinding(input: z.input<typeof seen>): Promise<Outcome<null>> {
  return administer('reopenFinding', seen, input, async (which, ctx) => {
    await reopen(ctx, which);
    return null;
  });
}
