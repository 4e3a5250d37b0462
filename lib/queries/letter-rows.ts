import type { LetterGroup, PersonalChannel, Preferences } from '#lib/domain/delivery.ts';

/** A letter as the list shows it. */
export interface LetterRow {
  id: string;
  subject: string;
  lines: string[];
  path: string;
  button: string;
  writtenAt: Date;
  isUnread: boolean;
}

/** What a list of letters is narrowed to. */
export interface LetterFilter {
  unread: boolean;
  group: LetterGroup | null;
}

/** What an open page asks for when something has changed: plain data, as JSON. */
export interface LetterNews {
  /** A hundred at the most. */
  unread: number;
  /** Unread ones that the browser is to show, the newest first. */
  latest: { id: string; subject: string; line: string; path: string }[];
}

/** How a person is told, and what reaches them. */
export interface LetterSettings {
  preferences: Preferences;
  /** false: nothing was chosen yet, and the zone is nobody's. */
  isChosen: boolean;
  channels: { name: PersonalChannel; isSetUp: boolean; address: string | null }[];
}

export const groupNames: Record<LetterGroup, { name: string; what: string }> = {
  to_decide: { name: 'To decide', what: 'somebody asks for access that you may approve' },
  talk: { name: 'Questions and offers', what: 'about requests of yours, and your own' },
  outcome: { name: 'What became of it', what: 'your requests: approved, denied, lapsed, to be started' },
  administration: {
    name: 'Nobody can sign',
    what: 'for administrators: requests that stall or went past Stint',
  },
};
