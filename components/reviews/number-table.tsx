const cell =
  'px-1 py-1.5 text-right tabular-nums first:pl-2.5 first:text-left last:pr-2.5 sm:px-2 sm:first:pl-3.5 sm:last:pr-3.5';

interface Props {
  /** What the table is, to those who do not see it. */
  label: string;
  heads: string[];
  rows: { name: string; numbers: number[] }[];
}

/** Numbers under their heads, a row for each name. */
export function NumberTable({ label, heads, rows }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, also by keyboard (WCAG 2.1.1).
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what one fills in.
    <div aria-label={`${label}: numbers`} className="panel overflow-x-auto" role="group" tabIndex={0}>
      <table aria-label={label} className="w-full border-collapse text-sm">
        <thead>
          <tr className="text-faint text-xs">
            {heads.map((head) => (
              <th className={`${cell} font-normal`} key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, numbers }) => (
            <tr className="border-line border-t" key={name}>
              <th className={`${cell} font-[550]`} scope="row">
                {name}
              </th>
              {numbers.map((number, column) => (
                <td className={cell} key={heads[column + 1]}>
                  {number.toLocaleString('en')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
