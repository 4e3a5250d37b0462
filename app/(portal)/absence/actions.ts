'use server';

import { z } from 'zod';
import { administer, door, typed } from '#app/(portal)/door.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { endAbsence } from '#lib/operations/absences/end-absence.ts';
import { setAbsence } from '#lib/operations/absences/set-absence.ts';

const when = z.string().max(30);
const absence = z.object({ from: when, until: when, zone: z.string().max(60), deputy: typed, note: typed });
type Kept = Outcome<{ id: string; deputyAwayUntil: Date | null }>;

/** Writes down that the person is away. */
export async function setMyAbsence(input: z.input<typeof absence>): Promise<Kept> {
  return door('setMyAbsence', absence, input, ({ deputy, ...form }, ctx) =>
    setAbsence(ctx, { ...form, person: null, deputy: deputy || null }),
  );
}

const another = absence.extend({ person: typed });

/** An administrator writes down that somebody else is away. */
export async function setAbsenceFor(input: z.input<typeof another>): Promise<Kept> {
  return administer('setAbsenceFor', another, input, ({ deputy, ...form }, ctx) =>
    setAbsence(ctx, { ...form, deputy: deputy || null }),
  );
}

/** The person is back, or does not go. */
export async function endMyAbsence(id: string): Promise<Outcome<null>> {
  return door('endMyAbsence', z.guid(), id, async (known, ctx) => {
    await endAbsence(ctx, known);
    return null;
  });
}

/** The same by an administrator, of anybody. */
export async function endAbsenceOf(id: string): Promise<Outcome<null>> {
  return administer('endAbsenceOf', z.guid(), id, async (known, ctx) => {
    await endAbsence(ctx, known);
    return null;
  });
}
