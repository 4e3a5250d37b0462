import type { Chat } from '#lib/domain/chat.ts';

/** A chat account that is somebody's. */
export interface ChatAccountRow {
  id: string;
  chat: Chat;
  userName: string;
  workspaceName: string;
  linkedAt: Date;
}

/** A chat account that waits for somebody to say it is theirs. */
export interface ChatLinkRow {
  chat: Chat;
  userName: string;
  workspaceName: string;
  /** It belongs to somebody else by what the chat itself says of it. */
  isOthers: boolean;
}

/** How a chat is, for administrators. Moments are the machine's. */
export interface ChatStateRow {
  chat: Chat;
  linked: number;
  heardAt: Date | null;
  refusedAt: Date | null;
  refusal: string | null;
  answeredAt: Date | null;
  failedAt: Date | null;
  failure: string | null;
}
