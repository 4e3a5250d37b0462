'use server';

import { headers } from 'next/headers';
import { z } from 'zod';
import { door, sealerOrChallenges, typed } from '#app/(portal)/door.ts';
import { refused } from '#lib/auth/refused.ts';
import type { Session } from '#lib/auth/session.ts';
import { type Outcome, Refusal } from '#lib/domain/refusal.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { changeWindow, turnWindow } from '#lib/operations/on-call/change-window.ts';
import { fileOccurrences } from '#lib/operations/on-call/file-occurrences.ts';
import { makeWindow } from '#lib/operations/on-call/make-window.ts';
import { useOccurrence as askForOccurrence } from '#lib/operations/on-call/use-occurrence.ts';
import { onCallAudiences } from '#lib/queries/on-call-audiences.ts';
import { liveTickets } from '#lib/tickets/live.ts';

const date = z.string().max(10);
const pattern = z.object({
  days: z.array(z.number().int()).max(7),
  time: z.string().max(5),
  zone: z.string().max(60),
  from: date,
  until: date,
});
const plan = z.object({
  id: z.guid(),
  roles: z
    .array(
      z.object({
        key: z.string().max(2000),
        minutes: z.number().int().min(1).max(100_000),
        narrowerScopeId: z.string().max(1000).optional(),
      }),
    )
    .max(50),
  pattern,
  justification: typed,
  ticketNumber: typed,
});

const tokens = async (session: Session, occurrenceId?: string) =>
  sealerOrChallenges(session, await onCallAudiences(session.actor, occurrenceId));

/** What is saved stays saved: why nothing of it was filed with PIM yet; null: what it takes was. */
async function notFiled(name: string, ctx: PersonContext, session: Session): Promise<string | null> {
  try {
    await fileOccurrences(ctx, await tokens(session), liveTickets);
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await refused(await headers(), session.actor, { door: name, code: error.code });
    return error.message;
  }
}

/** Plans on-call windows, and files with PIM what it takes at once. */
export async function planOnCall(
  input: z.input<typeof plan>,
): Promise<Outcome<{ id: string; notFiled: string | null }>> {
  return door('planOnCall', plan, input, async (asked, ctx, session) => {
    const id = await makeWindow(ctx, asked);
    return { id, notFiled: await notFiled('planOnCall', ctx, session) };
  });
}

const changed = plan.omit({ roles: true }).extend({ version: z.number().int().min(1) });

/** Changes when a window comes from now on, and why. */
export async function changeOnCall(
  input: z.input<typeof changed>,
): Promise<Outcome<{ notFiled: string | null }>> {
  return door('changeOnCall', changed, input, async (asked, ctx, session) => {
    await changeWindow(ctx, asked);
    return { notFiled: await notFiled('changeOnCall', ctx, session) };
  });
}

const turn = z.object({ id: z.guid(), status: z.enum(['running', 'paused', 'ended']) });

/** Pauses a window, has it go on, or ends it. */
export async function turnOnCall(input: z.input<typeof turn>): Promise<Outcome<null>> {
  return door('turnOnCall', turn, input, async (asked, ctx) => {
    await turnWindow(ctx, asked);
    return null;
  });
}

/** Files with PIM, while the person is here, what their windows have next. */
export async function fileOnCall(): Promise<Outcome<null>> {
  return door('fileOnCall', z.undefined(), undefined, async (_, ctx, session) => {
    await fileOccurrences(ctx, await tokens(session), liveTickets);
    return null;
  });
}

/** One click on a reminder asks for that occurrence. */
export async function askOnCall(id: string): Promise<Outcome<null>> {
  return door('askOnCall', z.guid(), id, async (known, ctx, session) => {
    const answers = await askForOccurrence(ctx, known, await tokens(session, known), liveTickets);
    const noes = answers.flatMap(({ key, refusal }) => (refusal ? [{ key, refusal }] : []));
    const [first] = noes;
    // All of it refused is a no; a part of it is told beside what was filed.
    if (first && noes.length === answers.length) throw first.refusal;
    for (const { key, refusal } of noes)
      await refused(await headers(), session.actor, { door: 'askOnCall', code: refusal.code, subject: key });
    return null;
  });
}
