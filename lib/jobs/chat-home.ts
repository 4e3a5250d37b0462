import { db } from '#db/client.ts';
import type { Jobs } from '#db/queue.ts';
import { chatActor } from '#lib/auth/chat-actor.ts';
import { config } from '#lib/config/config.ts';
import type { ChatCard } from '#lib/domain/chat-card.ts';
import { liveSlack } from '#lib/notify/slack/live.ts';
import { homeView } from '#lib/notify/slack/views.ts';
import { cardOf, waitingFor } from '#lib/operations/chat/card-of.ts';
import { noteChat } from '#lib/operations/chat/note-chat.ts';

/** Writes somebody's home in Slack: what waits for them, or how to link their account. @throws NotifyFault */
export async function chatHome({ workspaceId, userId }: Jobs['chat-home']): Promise<void> {
  const slack = liveSlack();
  if (!slack) return;
  const actor = await chatActor({ chat: 'slack', workspaceId, userId });
  const cards = actor && (await cardsFor(actor.objectId));
  await slack.api('views.publish', { user_id: userId, view: homeView(cards, config().appOrigin) });
  await noteChat('slack', { answeredAt: new Date() });
}

async function cardsFor(personId: string): Promise<ChatCard[]> {
  const ids = await waitingFor(db(), personId);
  const cards = await Promise.all(ids.map((id) => cardOf(db(), personId, id)));
  return cards.filter((card) => card !== null);
}
