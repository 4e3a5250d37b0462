import { When } from '#components/ui/when.tsx';
import { burndownPoints, type DayLeft } from './burndown-points.ts';

interface Props {
  days: DayLeft[];
  total: number;
  opensAt: Date;
  closesAt: Date;
}

/** How many items are still to be decided, day by day, against an even pace; the same as a table below. */
export function Burndown({ days, total, opensAt, closesAt }: Props) {
  const last = days.at(-1);
  if (!last || total === 0) return <p className="text-sm text-soft">Nothing to show yet.</p>;
  const words = `${last.left} of ${total} items are still to be decided.`;
  return (
    <figure className="grid gap-1.5">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-faint text-xs">
        <div className="flex flex-col justify-between text-right">
          <span>{total}</span>
          <span>0</span>
        </div>
        <svg
          aria-label={words}
          className="h-36 w-full border-line-2 border-b border-l"
          preserveAspectRatio="none"
          role="img"
          viewBox="0 0 100 100"
        >
          <line
            stroke="var(--edge)"
            strokeDasharray="4 4"
            vectorEffect="non-scaling-stroke"
            x1="0"
            x2="100"
            y1="0"
            y2="100"
          />
          <polyline
            fill="none"
            points={burndownPoints(days, { opensAt, closesAt, total })}
            stroke="var(--accent)"
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        <span />
        <div className="flex justify-between gap-3">
          <When at={opensAt} />
          <When at={closesAt} />
        </div>
      </div>
      <figcaption className="text-soft text-xs">
        Still to be decided, against an even pace (dashed).
        <details>
          <summary className="w-fit py-1">As a table</summary>
          <table aria-label="Still to be decided, by day" className="text-left">
            <thead>
              <tr>
                <th className="pr-6 font-normal text-faint" scope="col">
                  Day (UTC)
                </th>
                <th className="font-normal text-faint" scope="col">
                  Left
                </th>
              </tr>
            </thead>
            <tbody>
              {days.map(({ day, left }) => (
                <tr key={day}>
                  <td className="pr-6">{day}</td>
                  <td className="text-right">{left}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </figcaption>
    </figure>
  );
}
