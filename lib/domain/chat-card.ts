/** One request as a chat shows it to one person. Plain text: every chat escapes for itself. */
export interface ChatCard {
  /** null: it is about no request. */
  requestId: string | null;
  title: string;
  /** What it says beside its facts, a sentence each. */
  says: string[];
  facts: { name: string; text: string }[];
  /** The requester's own words, of several lines maybe. */
  reason: string | null;
  /** What deserves a second look, a phrase each. */
  risks: string[];
  standing: CardStanding;
  /** Where in Stint it leads, as a path, and what that is called. */
  path: string;
  button: string;
}

/**
 * open: this person may sign it here, the stage that is shown, the first as 1. portal: they may decide it, in Stint alone.
 * over: how it was decided, by whom. news: there is nothing for them to decide.
 */
export type CardStanding =
  | { is: 'open'; stage: number }
  | { is: 'portal'; why: string }
  | { is: 'over'; says: string }
  | { is: 'news' };

/** What a press in a chat is about: a request, and the stage of it that was shown; null: it does not say. */
export interface Pressed {
  requestId: string;
  shownStage: number | null;
}

/** Why a decision cannot be made in a chat, which has no token of the person and no fresh sign-in. */
export const portalOnly = {
  pim: 'PIM itself asks for this one, which takes your own sign-in.',
  critical: 'It is a critical role: those are decided in Stint.',
  fresh: 'Stint asks for a fresh sign-in before decisions.',
} as const;
export type PortalOnly = keyof typeof portalOnly;
