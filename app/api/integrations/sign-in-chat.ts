import { typed } from '#app/(portal)/door.ts';
import { chatActor } from '#lib/auth/chat-actor.ts';
import { ownUrl } from '#lib/auth/own-url.ts';
import { refusalOf } from '#lib/auth/refusal-of.ts';
import { refused } from '#lib/auth/refused.ts';
import { hashOf, newSecret } from '#lib/auth/secret.ts';
import { traceOf } from '#lib/auth/trace.ts';
import { type ChatUser, chatNames } from '#lib/domain/chat.ts';
import { isTrouble, type RefusalCode } from '#lib/domain/refusal.ts';
import { sign } from '#lib/operations/approvals/sign.ts';
import { freshenCards } from '#lib/operations/chat/freshen-cards.ts';
import { offerLink } from '#lib/operations/chat/offer-link.ts';
import { asPerson } from '#lib/operations/context.ts';

/** What a chat is told when a decision was not taken, with the way that remains. */
export interface ChatNo {
  code: RefusalCode | 'not_linked';
  text: string;
  way: { text: string; url: string } | null;
}

interface Decided {
  requestId: string;
  shownStage: number | null;
  approve: boolean;
  reason: string;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const portal: RefusalCode[] = ['portal_needed', 'proof_needed', 'not_pending'];

/**
 * Signs a stage as the person whose chat account this is, by the same operation as the page, which judges them there:
 * a chat brings an account, no role, no token and no fresh sign-in. null: taken. Every no is on record.
 */
export async function signInChat(
  { headers }: Request,
  door: string,
  user: ChatUser,
  { requestId, shownStage, approve, reason }: Decided,
): Promise<ChatNo | null> {
  const actor = await chatActor(user);
  if (!actor) return notLinked(headers, door, user);
  const subject = guid.test(requestId) ? requestId : null;
  try {
    if (!subject) return await no('not_found', 'There is nothing here, or it is not yours to see.');
    const justification = typed.parse(reason);
    const ctx = asPerson(actor, traceOf(headers));
    await sign(ctx, { requestId, shownStage, approve, justification, via: user.chat });
    return null;
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    if (isTrouble(refusal)) return { code: refusal.code, text: refusal.message, way: null };
    await freshenCards(requestId);
    return no(refusal.code, refusal.message);
  }

  async function no(code: RefusalCode, text: string): Promise<ChatNo> {
    await refused(headers, actor, { door, code, subject: subject ?? requestId });
    const isElsewhere = subject !== null && portal.includes(code);
    const said = code === 'proof_needed' ? 'Stint asks for a fresh sign-in before this.' : text;
    return { code, text: said, way: isElsewhere ? inStint(requestId) : null };
  }
}

const inStint = (requestId: string) => ({
  text: 'Open in Stint',
  url: ownUrl(`/requests/${requestId}`),
});

/** Tells an account that is nobody's yet how it becomes somebody's. */
export async function notLinked(headers: Headers, door: string, user: ChatUser): Promise<ChatNo> {
  await refused(headers, null, {
    door,
    code: 'not_linked',
    subject: `${user.chat} ${user.workspaceId} ${user.userId}`,
  });
  return { code: 'not_linked', ...(await linkOffer(user)) };
}

/** A one-time way to say, signed in with Entra, that a chat account is one's own. Shown to that account alone. */
export async function linkOffer(user: ChatUser): Promise<Pick<ChatNo, 'text' | 'way'>> {
  const code = newSecret();
  await offerLink(user, hashOf(code), new Date());
  const then = user.chat === 'slack' ? ' Stint then shows you six digits: type them here.' : '';
  const text = `Link this ${chatNames[user.chat]} account to yours in Stint first. The link is for you alone, and good for ten minutes.${then}`;
  return { text, way: { text: 'Sign in and link', url: ownUrl(`/chat/link?code=${code}`) } };
}
