import { useEffect, useState } from 'react';
import type { KnownKind, KnownThing } from '#lib/queries/approval-policy-rows.ts';
import type { Find } from './verbs.ts';

const restMilliseconds = 200;

/** What is found while somebody types; null: nothing was asked yet. */
export function useFinds(find: Find, kind: KnownKind, typed: string): KnownThing[] | null {
  const [found, setFound] = useState<KnownThing[] | null>(null);
  const text = typed.trim();
  useEffect(() => {
    if (text.length < 2) return setFound(null);
    let late = false;
    const timer = setTimeout(() => {
      find({ kind, text })
        .then((answer) => !late && setFound(answer.ok ? answer.value : []))
        .catch(() => !late && setFound([]));
    }, restMilliseconds);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [find, kind, text]);
  return found;
}
