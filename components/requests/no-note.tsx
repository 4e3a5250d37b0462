import { Notice } from '#components/ui/notice.tsx';
import { RefusalNote } from './refusal-note.tsx';
import type { No } from './use-action.ts';

/** Why an action did not happen; nothing when it did. */
export function NoNote({ no }: { no: No | null }) {
  if (!no) return null;
  if (no === 'silence') return <Notice alert>Stint did not answer. Try again in a moment.</Notice>;
  return <RefusalNote code={no.code} message={no.message} />;
}
