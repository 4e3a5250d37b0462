import { When } from '#components/ui/when.tsx';

/** What the server answers, with moments as text. */
export interface Imported {
  lines: number;
  taken: number;
  known: number;
  other: number;
  notUnderstood: number;
  covered: { fromAt: string; untilAt: string } | null;
}

/** What became of an archive's lines, and what is known by it. */
export function ArchiveOutcome({ imported }: { imported: Imported }) {
  const { lines, taken, known, other, notUnderstood, covered } = imported;
  const counted = (count: number, what: string) => `${count.toLocaleString('en')} ${what}`;
  return (
    <div className="space-y-1 text-sm">
      <p className="font-[550]">
        {counted(lines, lines === 1 ? 'line' : 'lines')}: {counted(taken, 'taken')},{' '}
        {counted(known, 'known already')}, {counted(other, 'about something else')},{' '}
        {counted(notUnderstood, 'not understood')}.
      </p>
      {covered ? (
        <p>
          Every activation from <When at={new Date(covered.fromAt)} /> to{' '}
          <When at={new Date(covered.untilAt)} /> is known now.
        </p>
      ) : (
        <p className="text-warn">
          What was taken counts as use, but no time counts as covered: a line that is not understood may be a
          lost activation. Mend the file, or name the days it covers, and import it again.
        </p>
      )}
    </div>
  );
}
