import { Chip } from '#components/ui/chip.tsx';
import { StackedCell, StackedRow, StackedTable } from '#components/ui/stacked-table.tsx';
import { When } from '#components/ui/when.tsx';
import { expiryOf } from '#lib/domain/expiry.ts';
import { outsideKindNames } from '#lib/domain/outside-role.ts';
import type { OutsideRow } from '#lib/queries/outside-rows.ts';

const mostWords = 6;

/** Privilege that no role shows, one row each: who holds it, what it is, over what, until when. */
export function OutsideTable({ rows, now }: { rows: OutsideRow[]; now: Date }) {
  return (
    <StackedTable heads={['Held by', 'What', 'Over', ['Until', 'md:w-48']]} label="Outside roles">
      {rows.map((row) => (
        <StackedRow key={row.id}>
          <StackedCell>
            <span className="block break-words font-[550]">{row.principalName}</span>
            <span className="block text-soft">{row.holder}</span>
          </StackedCell>
          <StackedCell>
            <span className="block text-faint text-xs">{outsideKindNames[row.kind]}</span>
            <What text={row.what} />
            {row.facts.map((fact) => (
              <span className="block break-words text-soft text-xs" key={fact}>
                {fact}
              </span>
            ))}
          </StackedCell>
          <StackedCell look="break-words">{row.targetName || row.targetId}</StackedCell>
          <StackedCell>
            <Until now={now} row={row} />
          </StackedCell>
        </StackedRow>
      ))}
    </StackedTable>
  );
}

/** A consent may name dozens of scopes: the first few, and the rest folded. */
function What({ text }: { text: string }) {
  const words = text.split(' ');
  if (words.length <= mostWords || words.some((word) => word.endsWith(',') || word.endsWith(':')))
    return <span className="block break-words">{text}</span>;
  return (
    <>
      <span className="block break-words">{words.slice(0, mostWords).join(' ')}</span>
      <details>
        <summary className="w-fit py-0.5 text-faint text-xs">{words.length - mostWords} more</summary>
        <span className="block break-words">{words.slice(mostWords).join(' ')}</span>
      </details>
    </>
  );
}

/** Only secrets and certificates end by themselves. */
function Until({ row: { kind, endsAt }, now }: { row: OutsideRow; now: Date }) {
  if (!endsAt) return kind === 'credential' && <span className="text-faint text-xs">without an end</span>;
  const { words, pressing } = expiryOf(endsAt, now);
  return (
    <>
      {pressing ? <Chip tone="warn">{words}</Chip> : words}
      <span className="block text-faint text-xs">
        <When at={endsAt} />
      </span>
    </>
  );
}
