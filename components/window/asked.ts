import type { Question } from './dialogs.tsx';

const questions = ['extend', 'need', 'end'] as const;

/** What an address asks about a running window: `/?extend=<request>`; null: nothing. It never does anything by itself. */
export function askedOfWindow(query: Record<string, string | string[] | undefined>): Question | null {
  for (const about of questions) {
    const id = query[about];
    if (typeof id === 'string') return { about, id };
  }
  return null;
}
