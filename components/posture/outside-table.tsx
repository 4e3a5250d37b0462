import { Chip } from '#components/ui/chip.tsx';
import { stacked } from '#components/ui/stacked.ts';
import { When } from '#components/ui/when.tsx';
import { expiryOf } from '#lib/domain/expiry.ts';
import { outsideKindNames } from '#lib/domain/outside-role.ts';
import type { OutsideRow } from '#lib/queries/outside-rows.ts';

const cell = 'block px-3.5 py-0.5 md:table-cell md:px-2.5 md:py-2 md:align-top md:first:pl-3.5';
const mostWords = 6;

/** Privilege that no role shows, one row each: who holds it, what it is, over what, until when. */
export function OutsideTable({ rows, now }: { rows: OutsideRow[]; now: Date }) {
  return (
    <div className="panel overflow-hidden">
      <table
        {...stacked.table}
        aria-label="Outside roles"
        className="block w-full border-collapse text-sm md:table md:table-fixed"
      >
        <thead {...stacked.body} className="sr-only md:not-sr-only md:table-header-group">
          <tr {...stacked.row}>
            {['Held by', 'What', 'Over', 'Until'].map((head) => (
              <th
                {...stacked.head}
                className="px-2.5 pt-2.5 pb-1.5 text-left font-normal text-faint text-xs first:pl-3.5 md:last:w-48"
                key={head}
                scope="col"
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...stacked.body} className="block md:table-row-group">
          {rows.map((row) => (
            <tr
              {...stacked.row}
              className="block border-line border-t py-2 first:border-t-0 md:table-row md:py-0 md:first:border-t"
              key={row.id}
            >
              <td {...stacked.cell} className={cell}>
                <span className="block break-words font-[550]">{row.principalName}</span>
                <span className="block text-soft">{row.holder}</span>
              </td>
              <td {...stacked.cell} className={cell}>
                <span className="block text-faint text-xs">{outsideKindNames[row.kind]}</span>
                <What text={row.what} />
                {row.facts.map((fact) => (
                  <span className="block break-words text-soft text-xs" key={fact}>
                    {fact}
                  </span>
                ))}
              </td>
              <td {...stacked.cell} className={`${cell} break-words`}>
                {row.targetName || row.targetId}
              </td>
              <td {...stacked.cell} className={cell}>
                <Until now={now} row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
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
