import { useEffect, useState } from 'react';
import type { PaletteOwn } from '#lib/queries/palette-rows.ts';
import { bestOf, type Entry, foundEntry, ownEntries } from './entry.ts';
import type { PaletteVerbs } from './verbs.ts';

const restMilliseconds = 160;

/** What fits what is typed: one's own at once, what the server knows a moment later. */
export function useFinds(typed: string, verbs: Pick<PaletteVerbs, 'open' | 'search'>, pages: Entry[]) {
  const [own, setOwn] = useState<PaletteOwn | null>(null);
  const [found, setFound] = useState<{ text: string; entries: Entry[] }>({ text: '', entries: [] });
  const [no, setNo] = useState<string | null>(null);
  const { open, search } = verbs;

  useEffect(() => {
    open()
      .then((answer) => (answer.ok ? setOwn(answer.value) : setNo(answer.message)))
      .catch(() => setNo('Stint did not answer. Close this and try again.'));
  }, [open]);

  const text = typed.trim();
  useEffect(() => {
    if (text.length < 2) return;
    let late = false;
    const timer = setTimeout(() => {
      search(text)
        .then((answer) => !late && answer.ok && setFound({ text, entries: answer.value.map(foundEntry) }))
        // One's own is there all the same.
        .catch(() => null);
    }, restMilliseconds);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [text, search]);

  const mine = own ? bestOf(ownEntries(own, pages), text) : bestOf(pages, text);
  const theirs = text.length >= 2 && text.startsWith(found.text) ? found.entries : [];
  return { entries: [...mine, ...theirs], own: own !== null, no };
}
