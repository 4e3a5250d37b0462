import { createHash } from 'node:crypto';
import { type ChatNo, linkOffer, signInChat } from '#app/api/integrations/sign-in-chat.ts';
import { chatActor } from '#lib/auth/chat-actor.ts';
import { ownUrl } from '#lib/auth/own-url.ts';
import { refused } from '#lib/auth/refused.ts';
import type { ChatUser } from '#lib/domain/chat.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { log } from '#lib/log.ts';
import { type AdaptiveCard, adaptiveCard, noteCard } from '#lib/notify/teams/adaptive-card.ts';
import type { TeamsAct, TeamsActivity } from '#lib/notify/teams/calls.ts';
import type { Teams } from '#lib/notify/teams/live.ts';
import { chatCard } from '#lib/operations/chat/card-of.ts';
import { dropConversation, keepConversation } from '#lib/operations/chat/keep-conversation.ts';
import { noteChat } from '#lib/operations/chat/note-chat.ts';
import { takeOnce } from '#lib/operations/chat/take-once.ts';

/** As long as a token of the Bot Framework is good for, and its skew. */
const keptMinutes = 90;
type Press = Extract<TeamsAct, { is: 'press' }>;
type Known = TeamsActivity & { user: ChatUser };

/** Answers a verified activity: always 200, what came of it is in the body (Universal Actions). The same again does nothing. */
export async function answerActivity(
  request: Request,
  door: string,
  activity: TeamsActivity,
  teams: Teams,
): Promise<Response> {
  const { act, conversation, user } = activity;
  if (!user || act.is === 'nothing') return nothing();
  const known = { ...activity, user };
  if (act.is === 'gone') {
    await dropConversation(user);
    return nothing();
  }
  if (conversation) await keepConversation(user, conversation);
  const isFirst = await takeOnce(keyOf(known), plusMinutes(new Date(), keptMinutes));
  if (act.is === 'here') {
    if (isFirst && act.wantsWord) await greet(known, teams);
    return nothing();
  }
  if (!isFirst && act.verb !== 'refresh')
    await refused(request.headers, null, { door, code: 'replayed', subject: `teams ${user.userId}` });
  const no = isFirst ? await decide(request, door, user, act) : null;
  if (act.invoked) return cardAnswer(known, act, no);
  if (no) await say(known, teams, noteCard(no.text, no.way));
  return nothing();
}

function decide(request: Request, door: string, user: ChatUser, act: Press): Promise<ChatNo | null> | null {
  const { verb, about, reason } = act;
  return verb === 'refresh'
    ? null
    : signInChat(request, door, user, { ...about, approve: verb === 'approve', reason });
}

/** The card as it is now; what stands against a decision is said on its own, so that a typed reason stays. */
async function cardAnswer({ user, conversation }: Known, act: Press, no: ChatNo | null): Promise<Response> {
  if (no?.code === 'not_linked') return asCard(noteCard(no.text, no.way));
  const actor = await chatActor(user);
  const card = actor && (await chatCard(actor.objectId, act.about.requestId));
  if (no && card?.standing.is === 'open') return asMessage(no.text);
  if (!card)
    return asCard(noteCard(no?.text ?? 'There is nothing here that is yours to see.', no?.way ?? null));
  return asCard(adaptiveCard(card, ownUrl(''), conversation ? [conversation.memberId] : []));
}

async function greet(known: Known, teams: Teams): Promise<void> {
  const isLinked = (await chatActor(known.user)) !== null;
  const way = { text: 'Approvals in Stint', url: ownUrl('/approvals') };
  const said = isLinked
    ? { text: 'Requests that wait for you come here.', way }
    : await linkOffer(known.user);
  await say(known, teams, noteCard(said.text, said.way));
}

async function say({ conversation }: Known, { connector }: Teams, card: AdaptiveCard): Promise<void> {
  if (!conversation) return;
  try {
    await connector.send(conversation, card);
    await noteChat('teams', { answeredAt: new Date() });
  } catch (error) {
    log.warn({ err: error }, 'teams did not take a word');
    await noteChat('teams', { failedAt: new Date(), failure: error instanceof Error ? error.message : '' });
  }
}

/** An activity by its own id, or where Teams gave none by all that it says. */
function keyOf({ id, conversation, user, act }: Known): string {
  const said = JSON.stringify([id, conversation?.conversationId, user.userId, id === '' ? act : null]);
  return `teams ${createHash('sha256').update(said).digest('base64url')}`;
}

const noStore = { headers: { 'cache-control': 'no-store' } };
const nothing = () => new Response(null, { status: 200, ...noStore });
const asCard = (value: AdaptiveCard) =>
  Response.json({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value }, noStore);
const asMessage = (value: string) =>
  Response.json({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value }, noStore);
