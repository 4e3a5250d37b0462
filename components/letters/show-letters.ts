import type { LetterNews } from '#lib/queries/letter-rows.ts';

/** Has the browser itself show letters, where its person let it: one window of several shows each, by its tag. */
export function showLetters(some: LetterNews['latest']): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  for (const { id, subject, line, path } of some) {
    const shown = new Notification(subject, { body: line, tag: id });
    shown.onclick = () => {
      window.focus();
      window.location.assign(path);
      shown.close();
    };
  }
}
