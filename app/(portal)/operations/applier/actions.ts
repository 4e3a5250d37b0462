'use server';

import { z } from 'zod';
import { administer } from '#app/(portal)/door.ts';
import { planes } from '#lib/domain/plane.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { askUndo } from '#lib/operations/apply/ask-undo.ts';
import { releaseChanges } from '#lib/operations/apply/release-changes.ts';
import { switchApplier } from '#lib/operations/apply/switch-applier.ts';
import { withdrawChange } from '#lib/operations/apply/withdraw-change.ts';

const place = z.object({ on: z.boolean(), plane: z.enum(planes), scope: z.string().max(1_000) });
const ids = z.array(z.guid()).min(1).max(100);

/** Switches the Applier on or off for a plane or a scope. */
export async function switchApplierAt(where: z.infer<typeof place>): Promise<Outcome<null>> {
  return administer('switchApplierAt', place, where, async (known, ctx) => {
    await switchApplier(ctx, known);
    return null;
  });
}

/** Lets held changes go, and what stuck once more. */
export async function releaseAccessChanges(which: string[]): Promise<Outcome<null>> {
  return administer('releaseAccessChanges', ids, which, async (known, ctx) => {
    await releaseChanges(ctx, known);
    return null;
  });
}

/** Takes a change back before Azure is told. */
export async function withdrawAccessChange(id: string): Promise<Outcome<null>> {
  return administer('withdrawAccessChange', z.guid(), id, async (known, ctx) => {
    await withdrawChange(ctx, known);
    return null;
  });
}

/** Asks to have what was taken away given back. */
export async function undoAccessChange(id: string): Promise<Outcome<null>> {
  return administer('undoAccessChange', z.guid(), id, async (known, ctx) => {
    await askUndo(ctx, known);
    return null;
  });
}
