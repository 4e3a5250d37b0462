import { db } from '#db/client.ts';
import { chatSecrets, config } from '#lib/config/config.ts';
import type { Chat } from '#lib/domain/chat.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import type { ChatReads } from '#lib/notify/letter-card.ts';
import type { Channel, Outlets, Receipt } from '#lib/notify/ports.ts';
import { slackChannel } from '#lib/notify/slack/channel.ts';
import { liveSlack } from '#lib/notify/slack/live.ts';
import { teamsChannel } from '#lib/notify/teams/channel.ts';
import { liveTeams } from '#lib/notify/teams/live.ts';
import { cardOf } from '#lib/operations/chat/card-of.ts';
import { accountAt } from '#lib/operations/chat/keep-conversation.ts';
import { noteChat } from '#lib/operations/chat/note-chat.ts';

const reads: ChatReads = {
  cardOf: (personId, requestId) => cardOf(db(), personId, requestId),
  accountAt,
};

/** The ways out with those chats among them that this process's environment sets up. */
export function withChats(outlets: Outlets): Outlets {
  const { appOrigin } = config();
  const slack = liveSlack();
  const teams = liveTeams();
  return {
    ...outlets,
    channels: {
      ...outlets.channels,
      ...(slack && { slack: noting('slack', slackChannel(slack.api, reads, appOrigin)) }),
      ...(teams && { teams: noting('teams', teamsChannel(teams.connector, reads, appOrigin)) }),
    },
  };
}

/** Which chats this process writes to, for administrators. */
export function chatFacts(): { name: Chat; isSetUp: boolean; by: string }[] {
  const { slack, teams } = chatSecrets();
  return [
    { name: 'slack', isSetUp: slack !== null, by: slack?.origin ?? '' },
    { name: 'teams', isSetUp: teams !== null, by: teams ? `bot ${teams.appId}` : '' },
  ];
}

/** Says of every call how the chat answered it. */
function noting(chat: Chat, { send, update }: Channel): Channel {
  const noted = async <T>(work: Promise<T>): Promise<T> => {
    try {
      const done = await work;
      await noteChat(chat, { answeredAt: new Date() });
      return done;
    } catch (error) {
      if (error instanceof NotifyFault)
        await noteChat(chat, { failedAt: new Date(), failure: error.message });
      throw error;
    }
  };
  return {
    send: (delivery) => noted<Receipt>(send(delivery)),
    ...(update && { update: (receipt, delivery) => noted(update(receipt, delivery)) }),
  };
}
