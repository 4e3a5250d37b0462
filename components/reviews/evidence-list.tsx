import type { Evidence } from '#lib/domain/finding.ts';

/** Facts of the opening, the first of them when `most` says how many. */
export function EvidenceList({ evidence, most }: { evidence: readonly Evidence[]; most?: number }) {
  const shown = evidence.slice(0, most);
  if (shown.length === 0) return null;
  return (
    <dl className="mt-1 grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-sm">
      {shown.map(({ label, value }) => (
        <div className="contents" key={`${label} ${value}`}>
          <dt className="text-faint">{label}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
