import type { Evidence } from '#lib/domain/finding.ts';

/** Facts of the opening in a few lines, for a row of many. */
export function EvidenceLine({ evidence }: { evidence: readonly Evidence[] }) {
  return (
    <ul aria-label="What is known" className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
      {evidence.map(({ label, value }) => (
        <li className="min-w-0 wrap-anywhere" key={`${label} ${value}`}>
          <span className="text-faint">{label}</span> {value}
        </li>
      ))}
    </ul>
  );
}
