import type { Context } from '#lib/operations/context.ts';
import { findFindings } from './find-findings.ts';
import { nameBreakGlass } from './name-break-glass.ts';

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
  await findFindings(ctx, own);
}
