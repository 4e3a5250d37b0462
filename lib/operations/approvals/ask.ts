import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { onScreenOf } from '#db/on-screen-of.ts';
import { requestMessages } from '#db/schema/approvals.ts';
import type { messageKinds } from '#lib/domain/approval.ts';
import { longestJustification } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { letterOf } from './letter-of.ts';
import { mustHaveSeat, mustWaitOwn } from './seat.ts';

interface Said {
  requestId: string;
  text: string;
}

/** More than a talk needs; beyond it, people meet. */
const mostMessages = 100;

/**
 * Who may sign asks the requester something, before everybody who may sign. The clock of the request goes on.
 * @throws Refusal `not_found`, `own_request`, `not_pending`, `malformed` for no text, too much of it, or a full thread.
 */
export async function ask(ctx: PersonContext, { requestId, text }: Said): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const { request } = await mustHaveSeat(tx, ctx, requestId);
      await guardText(tx, requestId, text);
      return request;
    },
    async (tx, request) => {
      const id = await say(tx, ctx, { requestId, text, kind: 'question' });
      const said = { byName: ctx.actor.name, text };
      await tell(tx, [letterOf(request, 'question', request.requesterId, id, said)]);
      await announce(tx, await onScreenOf(tx, requestId));
      const subject = { kind: 'request' as const, id: requestId };
      return { value: null, entries: [{ action: 'request.asked', subject, details: { text } }] };
    },
  );
}

/**
 * The requester answers; whoever asked is told.
 * @throws Refusal `not_found` for somebody else’s; `not_pending` when it does not wait any more, or nobody asked.
 */
export async function answer(ctx: PersonContext, { requestId, text }: Said): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const { request } = await mustWaitOwn(tx, ctx, requestId);
      const asked = await tx
        .selectDistinct({ id: requestMessages.byId })
        .from(requestMessages)
        .where(and(eq(requestMessages.requestId, requestId), eq(requestMessages.kind, 'question')));
      if (asked.length === 0) throw new Refusal('not_pending', 'Nobody has asked anything.');
      await guardText(tx, requestId, text);
      return { request, asked };
    },
    async (tx, { request, asked }) => {
      const id = await say(tx, ctx, { requestId, text, kind: 'answer' });
      const said = { byName: ctx.actor.name, text };
      await tell(
        tx,
        asked.map(({ id: to }) => letterOf(request, 'answer', to, id, said)),
      );
      await announce(tx, await onScreenOf(tx, requestId));
      const subject = { kind: 'request' as const, id: requestId };
      return { value: null, entries: [{ action: 'request.answered', subject, details: { text } }] };
    },
  );
}

/** Puts a line into the thread. */
export async function say(
  tx: Tx,
  { actor }: PersonContext,
  line: Said & { kind: (typeof messageKinds)[number] },
): Promise<string> {
  const id = randomUUID();
  const by = { byId: actor.objectId, byName: actor.name, saidAt: await clock(tx) };
  await tx.insert(requestMessages).values({ id, ...line, ...by });
  return id;
}

async function guardText(tx: Tx, requestId: string, text: string): Promise<void> {
  if (!text) throw new Refusal('malformed', 'Write something first.', 'text');
  if (text.length > longestJustification)
    throw new Refusal('malformed', `Keep it under ${longestJustification} characters.`, 'text');
  if ((await tx.$count(requestMessages, eq(requestMessages.requestId, requestId))) >= mostMessages)
    throw new Refusal('malformed', 'This thread is full. Talk to each other directly.', 'text');
}
