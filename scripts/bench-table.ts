import type { Figure } from '#e2e/bench/measurement.ts';

const headings = ['id', 'work', 'beside', 'ours', 'yardstick', 'unit', 'ratio', 'target', 'met'];
const numbers = new Set(['ours', 'yardstick', 'ratio']);

/** The figures as one aligned table, numbers to the right. */
export function benchTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ id, work, beside, ours, yardstick, unit, ratio, target, met }) => [
    id,
    work,
    beside ?? '–',
    digits(ours),
    yardstick === null ? '–' : digits(yardstick),
    unit,
    ratio === null ? '–' : digits(ratio),
    target,
    met ? 'yes' : 'NO',
  ]);
  const widths = headings.map((name, at) =>
    Math.max(name.length, ...rows.map((cells) => cells[at]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, at) => {
        const width = widths[at] ?? 0;
        return numbers.has(headings[at] ?? '') ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Three digits that count, whole above a hundred. */
function digits(value: number): string {
  const places = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(places);
}
