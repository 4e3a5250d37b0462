import { Notice } from '#components/ui/notice.tsx';

/** What of a link could not be done, and what helps. */
export function LinkNotes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return null;
  return (
    <div className="mb-3 grid gap-2">
      {notes.map((note) => (
        <Notice key={note}>{note}</Notice>
      ))}
    </div>
  );
}
