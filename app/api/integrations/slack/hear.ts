import { connection } from 'next/server';
import { boundedBody } from '#app/api/integrations/bounded-body.ts';
import { NotHeard } from '#app/api/integrations/not-heard.ts';
import { admit } from '#lib/auth/admit.ts';
import { hashedAddress } from '#lib/auth/client-address.ts';
import { takeOne } from '#lib/auth/rate.ts';
import { refusalOf } from '#lib/auth/refusal-of.ts';
import { refused } from '#lib/auth/refused.ts';
import type { ChatUser } from '#lib/domain/chat.ts';
import { TooFast } from '#lib/domain/refusal.ts';
import type { SlackAct } from '#lib/notify/slack/calls.ts';
import { liveSlack, type Slack } from '#lib/notify/slack/live.ts';
import { type SlackCall, shownBySlack } from '#lib/notify/slack/signature.ts';
import { noteHeard, noteRefused } from '#lib/operations/chat/note-chat.ts';
import { takeOnce } from '#lib/operations/chat/take-once.ts';

/** Slack sends a message's own blocks along; more than this is none of its calls. */
const mostBytes = 512 * 1024;

/**
 * What every call of Slack's passes: Slack is set up, the raw bytes are signed and fresh, not too often from one account,
 * it comes from the bot's own workspace, and for the first time; a repetition is answered alike and does nothing. Every no
 * is on record.
 */
export async function hearSlack(
  request: Request,
  door: string,
  read: (body: string) => SlackAct,
  work: (act: Exclude<SlackAct, { is: 'challenge' | 'nothing' }>, slack: Slack) => Promise<Response>,
): Promise<Response> {
  await connection();
  const slack = liveSlack();
  if (!slack) return answer(404, 'Not found.');
  const { headers } = request;
  const no = async (status: number, code: string, subject: string | null = null) => {
    await refused(headers, null, { door, code, subject });
    await noteRefused('slack', code, new Date());
    return answer(status, 'Refused.');
  };
  const heard = async ({ call: { key, until }, act }: Verified) => {
    await noteHeard('slack', new Date());
    if (act.is === 'nothing') return answer(200);
    if (act.is === 'challenge') return answer(200, act.challenge);
    const who = nameOf(act.user);
    const own = await slack.workspaceId().catch(() => null);
    // Whose bot this is cannot be said now: Slack shows that it failed, and the person tries again.
    if (own === null) return no(503, 'unavailable', who);
    if (act.user.workspaceId !== own) return no(403, 'other_workspace', who);
    if (!(await takeOnce(key, until))) {
      await refused(headers, null, { door, code: 'replayed', subject: who });
      return answer(200);
    }
    takeOne('write', who);
    return work(act, slack);
  };
  let verified: Verified;
  try {
    const verify = () => verifiedCall(request, slack, read);
    verified = await admit('chat', hashedAddress(headers), verify, ({ act }) => callerOf(act));
  } catch (error) {
    if (error instanceof NotHeard) return no(error.status, error.code);
    if (error instanceof TooFast) return answer(429, 'Too many.');
    throw error;
  }
  try {
    return await heard(verified);
  } catch (error) {
    const foreseen = refusalOf(error);
    if (!foreseen) throw error;
    return no(foreseen.code === 'too_fast' ? 429 : 503, foreseen.code);
  }
}

interface Verified {
  call: SlackCall;
  act: SlackAct;
}

/** What Slack itself sent. What its headers tell is looked at first, and the body not read for a no. @throws NotHeard */
async function verifiedCall(
  request: Request,
  slack: Slack,
  read: (body: string) => SlackAct,
): Promise<Verified> {
  const shown = shownBySlack(request.headers, new Date());
  if (typeof shown === 'string') throw new NotHeard(401, `signature_${shown}`);
  const raw = await boundedBody(request, mostBytes);
  if (!raw) throw new NotHeard(413, 'too_large');
  const call = slack.verify(request.headers, raw, new Date());
  if (typeof call === 'string') throw new NotHeard(401, `signature_${call}`);
  return { call, act: read(raw.toString('utf8')) };
}

/** Each account has a minute of its own, and what is nobody's act is Slack's. */
const callerOf = (act: SlackAct) => ('user' in act ? nameOf(act.user) : 'slack');

/** A chat account for the record. */
const nameOf = ({ chat, workspaceId, userId }: ChatUser) => `${chat} ${workspaceId} ${userId}`;

export function answer(status: number, body: string | object | null = null): Response {
  const headers = { 'cache-control': 'no-store' };
  if (typeof body === 'object' && body !== null) return Response.json(body, { status, headers });
  return new Response(body, { status, headers });
}
