/** Where people chat, and may sign a stage of Stint's own once their account there is linked to them. */
export const chats = ['slack', 'teams'] as const;
export type Chat = (typeof chats)[number];

export const chatNames: Record<Chat, string> = { slack: 'Slack', teams: 'Microsoft Teams' };

/** An account of a chat as the chat itself names it, in a call whose origin was verified. Nobody's identity by itself. */
export interface ChatUser {
  chat: Chat;
  /** Slack's team id, Entra's tenant id. */
  workspaceId: string;
  userId: string;
  /** For the eye. */
  userName: string;
  workspaceName: string;
}

/** How long a link to confirm is good for. */
export const linkMinutes = 10;
/** How often the digits that the page shows may be typed in the chat: there are a million. */
export const digitTries = 5;
