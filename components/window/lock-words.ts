import type { Lock } from '#lib/domain/lock.ts';

/** What a lock over a role's scope means for its end; null: there is none. */
export function lockWords(locks: readonly Lock[]): string | null {
  const [first] = locks;
  if (!first) return null;
  const names = `“${first.name}”${locks.length > 1 ? ` and ${locks.length - 1} more` : ''}`;
  const mayNotStart = locks.some(({ level }) => level === 'ReadOnly');
  return `Locked (${names}): Azure may not be able to take it away at its end${mayNotStart ? ', nor to give it' : ''}. Ask the owner of the resource first.`;
}
