import Link from 'next/link';
import { Section } from '#components/ui/section.tsx';
import { type HoldingKind, holdingKindNames, holdingKinds, type Totals } from '#lib/domain/inventory.ts';
import { type Plane, planeNames, planes } from '#lib/domain/plane.ts';
import { type PrincipalKind, principalKindNames, principalKinds } from '#lib/domain/principal.ts';
import { BarLegend, HoldingBar } from './holding-bar.tsx';

interface Row {
  name: string;
  /** What the inventory is filtered by to show these. */
  query: Record<string, string>;
  counts: Record<HoldingKind, number>;
}

const cell =
  'px-1 py-1.5 sm:px-2.5 text-right tabular-nums first:pl-2.5 last:pr-2.5 sm:first:pl-3.5 first:text-left';

/** Standing against eligible against activated, by plane and by kind of principal. Every number leads to its rows. */
export function TotalsTable({ totals }: { totals: readonly Totals[] }) {
  const held = ({ counts }: Row) => holdingKinds.some((kind) => counts[kind] > 0);
  const parts: { name: string; rows: Row[] }[] = [
    { name: 'By plane', rows: planes.map((plane) => rowOf(planeNames[plane], { plane }, totals)) },
    {
      name: 'By kind of principal',
      rows: principalKinds.map((kind) => rowOf(principalKindNames[kind], { principalKind: kind }, totals)),
    },
  ].map(({ name, rows }) => ({ name, rows: rows.filter(held) }));
  const longest = Math.max(
    ...parts.flatMap(({ rows }) =>
      rows.map(({ counts }) => holdingKinds.reduce((sum, kind) => sum + counts[kind], 0)),
    ),
  );
  return (
    <Section aside="every number leads to its assignments" title="Who holds what">
      <div className="panel overflow-x-auto">
        <table aria-label="Assignments by plane and principal" className="w-full border-collapse text-sm">
          <thead>
            <tr className="text-faint text-xs">
              <th className={`${cell} font-normal`} scope="col">
                Assignments
              </th>
              {holdingKinds.map((kind) => (
                <th className={`${cell} font-normal`} key={kind} scope="col">
                  {holdingKindNames[kind]}
                </th>
              ))}
            </tr>
          </thead>
          {parts.map(({ name: part, rows }) => (
            <tbody key={part}>
              <tr className="border-line border-t">
                <th
                  className={`${cell} pt-3 font-normal text-faint text-xs`}
                  colSpan={holdingKinds.length + 1}
                  scope="rowgroup"
                >
                  {part}
                </th>
              </tr>
              {rows.map(({ name, query, counts }) => (
                <tr className="border-line border-t" key={name}>
                  <th className={`${cell} w-1/3 font-[550]`} scope="row">
                    {name}
                    <HoldingBar counts={counts} longest={longest} />
                  </th>
                  {holdingKinds.map((kind) => (
                    <td className={cell} key={kind}>
                      <Count count={counts[kind]} kind={kind} query={query} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
        <BarLegend />
      </div>
    </Section>
  );
}

function rowOf(
  name: string,
  query: { plane?: Plane; principalKind?: PrincipalKind },
  totals: readonly Totals[],
): Row {
  const counts: Record<HoldingKind, number> = { eligible: 0, standing: 0, time_bound: 0, activated: 0 };
  for (const one of totals) {
    const isIn = one.plane === query.plane || one.principalKind === query.principalKind;
    if (isIn) counts[one.kind] += one.count;
  }
  return { name, query: { ...query }, counts };
}

function Count({ count, kind, query }: { count: number; kind: HoldingKind; query: Row['query'] }) {
  if (count === 0) return <span className="text-faint">0</span>;
  return (
    <Link
      className={`link inline-flex min-h-6 items-center ${kind === 'standing' ? 'font-[550]' : ''}`}
      href={`/posture/inventory?${new URLSearchParams({ ...query, kind })}`}
      prefetch={false}
    >
      {count.toLocaleString('en')}
    </Link>
  );
}
