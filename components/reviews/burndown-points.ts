export interface DayLeft {
  /** UTC, such as `2026-11-22`. */
  day: string;
  /** Items still undecided at its end. */
  left: number;
}

interface Span {
  opensAt: Date;
  closesAt: Date;
  /** What there was at the opening. */
  total: number;
}

/**
 * The opening and the days as SVG points of a box 100 wide and 100 high, from everything at the opening (top left) to
 * nothing at the close (bottom right).
 */
export function burndownPoints(days: readonly DayLeft[], { opensAt, closesAt, total }: Span): string {
  const length = closesAt.getTime() - opensAt.getTime();
  const round = (value: number) => Math.round(Math.min(100, Math.max(0, value)) * 100) / 100;
  return [`0,${total > 0 ? 0 : 100}`]
    .concat(
      days.map(({ day, left }) => {
        const x = length > 0 ? ((endOf(day) - opensAt.getTime()) / length) * 100 : 0;
        const y = total > 0 ? 100 - (left / total) * 100 : 100;
        return `${round(x)},${round(y)}`;
      }),
    )
    .join(' ');
}

const dayMs = 86_400_000;

function endOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) + dayMs;
}
