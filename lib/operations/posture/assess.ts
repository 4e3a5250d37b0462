import type { Context } from '#lib/operations/context.ts';
import { coverUse } from './cover-use.ts';
import { findFindings } from './find-findings.ts';
import { nameBreakGlass } from './name-break-glass.ts';
import { spreadMemberships } from './spread-memberships.ts';
import { tallyUses } from './tally-uses.ts';
import { tellOfEnds } from './tell-of-ends.ts';

/**
 * What a reading of the tenant means, step by step, each a transaction of its own and made anew from what was read:
 * a kill between two leaves nothing half, and the job begins again. `breakGlass`: object ids or user principal names;
 * `own`: client ids of Stint's registrations.
 */
export async function assess(
  ctx: Context,
  breakGlass: readonly string[],
  own: readonly string[],
): Promise<void> {
  await nameBreakGlass(ctx, breakGlass);
  await spreadMemberships(ctx);
  await coverUse(ctx);
  await tallyUses(ctx);
  await findFindings(ctx, own);
  await tellOfEnds(ctx);
}
