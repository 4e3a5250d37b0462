import { eq } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { db } from '#db/client.ts';
import { nextOfEach, type OccurrenceAhead, occurrencesAhead, type RoleAhead } from '#db/on-call-ahead.ts';
import { onCallOccurrences } from '#db/schema/on-call.ts';
import { passes } from '#lib/domain/on-call.ts';
import { Refusal, refusalSentences } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { type Answer, activate } from '#lib/operations/requests/activate.ts';
import type { TokenChallenges } from '#lib/operations/requests/challenges.ts';
import { checkTicket } from '#lib/operations/tickets/check-ticket.ts';
import type { TicketPorts } from '#lib/tickets/ports.ts';

/** What the person's roles are asked for with: their tokens, and the stronger sign-ins that come before one is given. */
export interface Tokens {
  seal: SealedTokens;
  asked: TokenChallenges;
}

/**
 * Files with PIM, while the person is there, the next occurrence of each of their on-call windows that PIM can take: one
 * per role and place, since it refuses a second beside one that is on or waits. Each is an activation like any other,
 * judged now; the occurrence is its submission, so that two browsers file it once. Answers how many were filed.
 */
export async function fileOccurrences(
  ctx: PersonContext,
  tokens: Tokens,
  tickets: TicketPorts,
): Promise<number> {
  const ahead = await occurrencesAhead(db(), ctx.actor.objectId);
  let filed = 0;
  for (const { occurrence, roles } of nextOfEach(ahead)) {
    const answers = await fileRoles(ctx, occurrence, roles, tokens, tickets);
    filed += answers.filter(({ requestId }) => requestId !== null).length;
  }
  return filed;
}

async function fileRoles(
  ctx: PersonContext,
  { id, startsAt, window, refusal: saidBefore }: OccurrenceAhead,
  roles: readonly RoleAhead[],
  { seal, asked }: Tokens,
  tickets: TicketPorts,
): Promise<Answer[]> {
  const ticketCheck = await checkTicket(window.ticketNumber, tickets);
  const { answers } = await activate(
    ctx,
    {
      submissionId: id,
      occurrenceId: id,
      roles: roles.map(({ key, minutes, narrower }) => ({ key, minutes, narrowerScopeId: narrower?.id })),
      justification: window.justification,
      ticketNumber: window.ticketNumber,
      startsAt,
      ticketCheck,
    },
    seal,
    asked,
  ).catch((no: unknown) => {
    // All of it refused, such as for want of a fresh sign-in: said on the reminder, whose click asks for one.
    if (!(no instanceof Refusal)) throw no;
    return { answers: roles.map(({ key }) => ({ key, requestId: null, refusal: no })) };
  });
  const noes = answers.flatMap(({ refusal }) => (refusal && refusal.code !== 'already_live' ? refusal : []));
  const refused = noes.find(({ code }) => !passes(code)) ?? noes[0] ?? null;
  if (refused || saidBefore) await noteRefusal(ctx, id, window.id, refused);
  return answers;
}

/** Said to the person on their page, and not tried again by itself unless it passes; null: what was said before is over. */
async function noteRefusal(ctx: PersonContext, id: string, windowId: string, refused: Refusal | null) {
  const refusal = refused && (refused.message || refusalSentences[refused.code]);
  const refusalPasses = refused !== null && passes(refused.code);
  await change(
    ctx,
    async (tx) => {
      const [seen] = await tx
        .select()
        .from(onCallOccurrences)
        .where(eq(onCallOccurrences.id, id))
        .for('update');
      return seen;
    },
    async (tx, seen) => {
      if (!seen || seen.refusal === refusal) return { value: null, entries: [] };
      await tx.update(onCallOccurrences).set({ refusal, refusalPasses }).where(eq(onCallOccurrences.id, id));
      await announce(tx, [ctx.actor.objectId]);
      // What was filed after all is on record itself; what passes is once, however its sentence counts the seconds.
      if (!refused || (refusalPasses && seen.refusalPasses)) return { value: null, entries: [] };
      const details = { startsAt: seen.startsAt, code: refused.code, refusal };
      const subject = { kind: 'on_call' as const, id: windowId };
      return { value: null, entries: [{ action: 'on_call.not_filed', subject, details }] };
    },
  );
}
