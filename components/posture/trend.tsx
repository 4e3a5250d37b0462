import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import type { TrendPoint } from '#lib/queries/posture-rows.ts';

const lines = [
  { of: 'standing', stroke: 'stroke-warn', swatch: 'bg-warn' },
  { of: 'eligible', stroke: 'stroke-accent', swatch: 'bg-accent' },
  { of: 'activated', stroke: 'stroke-live', swatch: 'bg-live' },
] as const;
const width = 600;
const height = 120;
const cell = 'px-2.5 py-1 text-right first:pl-3.5 first:text-left last:pr-3.5';

/** How the numbers went, as lines, and the same as a table. */
export function Trend({ points }: { points: TrendPoint[] }) {
  const most = Math.max(1, ...points.flatMap((point) => lines.map(({ of }) => point[of])));
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  return (
    <Section aside="a point for each reading, later for each day" title="Trend">
      <figure className="panel px-3.5 py-2.5 text-sm">
        {points.length > 1 && (
          <svg
            aria-hidden="true"
            className="block h-32 w-full"
            preserveAspectRatio="none"
            viewBox={`0 -4 ${width} ${height + 8}`}
          >
            <line
              className="stroke-line-2"
              vectorEffect="non-scaling-stroke"
              x2={width}
              y1={height}
              y2={height}
            />
            {lines.map(({ of, stroke }) => (
              <polyline
                className={`${stroke} fill-none`}
                key={of}
                points={points.map((point) => placeOf(point.at, point[of])).join(' ')}
                strokeWidth="2"
                vectorEffect="non-scaling-stroke"
              />
            ))}
          </svg>
        )}
        <figcaption>
          <p className="flex flex-wrap gap-x-4 text-soft text-xs">
            {lines.map(({ of, swatch }) => (
              <span key={of}>
                <span aria-hidden="true" className={`mr-1 inline-block size-2 rounded-sm ${swatch}`} />
                {of}: {points.length > 1 && `${first[of]} at first, `}
                {last[of]} now
              </span>
            ))}
          </p>
          <details>
            <summary className="w-fit py-1 text-faint text-xs">As a table</summary>
            <Table points={points} />
          </details>
        </figcaption>
      </figure>
    </Section>
  );

  function placeOf(at: Date, count: number): string {
    const span = Math.max(1, +(last?.at ?? at) - +(first?.at ?? at));
    const x = ((+at - +(first?.at ?? at)) / span) * width;
    return `${Math.round(x * 10) / 10},${Math.round((height - (count / most) * height) * 10) / 10}`;
  }
}

function Table({ points }: { points: TrendPoint[] }) {
  return (
    <div className="overflow-x-auto">
      <table aria-label="Trend" className="w-full text-xs">
        <thead>
          <tr className="text-faint">
            {['Read', 'Standing', 'Eligible', 'Activated', 'Zero standing'].map((head) => (
              <th className={`${cell} font-normal`} key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr className="border-line border-t" key={point.at.toISOString()}>
              <th className={`${cell} font-normal`} scope="row">
                <When at={point.at} />
              </th>
              <td className={cell}>{point.standing}</td>
              <td className={cell}>{point.eligible}</td>
              <td className={cell}>{point.activated}</td>
              <td className={cell}>{point.score ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
