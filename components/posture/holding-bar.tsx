import { type HoldingKind, holdingKinds } from '#lib/domain/inventory.ts';

const fills: Record<HoldingKind, string> = {
  standing: 'fill-warn',
  time_bound: 'fill-faint',
  eligible: 'fill-accent',
  activated: 'fill-live',
};
const order: readonly HoldingKind[] = ['standing', 'time_bound', 'eligible', 'activated'];

/** The numbers of a row as one bar, against the longest row. They stand beside it: nothing is told by it alone. */
export function HoldingBar({ counts, longest }: { counts: Record<HoldingKind, number>; longest: number }) {
  const place = (kind: HoldingKind) =>
    order.slice(0, order.indexOf(kind)).reduce((sum, before) => sum + counts[before], 0);
  const scale = longest > 0 ? 100 / longest : 0;
  return (
    <svg
      aria-hidden="true"
      className="mt-1 block h-1.5 w-full"
      preserveAspectRatio="none"
      viewBox="0 0 100 6"
    >
      <rect className="fill-track" height="6" width="100" />
      {holdingKinds.map((kind) => (
        <rect
          className={fills[kind]}
          height="6"
          key={kind}
          width={counts[kind] * scale}
          x={place(kind) * scale}
        />
      ))}
    </svg>
  );
}

const swatch = 'mr-1 inline-block size-2 rounded-sm';

/** What the colours of the bars stand for. */
export function BarLegend() {
  return (
    <p className="flex flex-wrap gap-x-4 px-3.5 py-2 text-soft text-xs">
      <span>
        <span aria-hidden="true" className={`${swatch} bg-warn`} />
        standing
      </span>
      <span>
        <span aria-hidden="true" className={`${swatch} bg-faint`} />
        time-bound
      </span>
      <span>
        <span aria-hidden="true" className={`${swatch} bg-accent`} />
        eligible
      </span>
      <span>
        <span aria-hidden="true" className={`${swatch} bg-live`} />
        activated
      </span>
    </p>
  );
}
