import type { Terms } from '#lib/domain/approval.ts';
import { inWords } from '#lib/domain/time.ts';

interface Change {
  what: 'Length' | 'Place' | 'Start';
  from: string;
  to: string;
}

/** What an offer changes of what was asked; `when` writes a moment as the screen does. */
export function changesOf(asked: Terms, offered: Terms, when: (at: Date) => string): Change[] {
  const start = (at: string | null) => (at === null ? 'as soon as it is started' : when(new Date(at)));
  const all: Change[] = [
    { what: 'Length', from: inWords(asked.minutes), to: inWords(offered.minutes) },
    { what: 'Place', from: asked.scopeName, to: offered.scopeName },
    { what: 'Start', from: start(asked.startsAt), to: start(offered.startsAt) },
  ];
  const isSamePlace = asked.scopeId.toLowerCase() === offered.scopeId.toLowerCase();
  return all.filter(({ what, from, to }) => (what === 'Place' ? !isSamePlace : from !== to));
}
