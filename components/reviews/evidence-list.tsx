import type { Evidence } from '#lib/domain/finding.ts';

/** Facts of the opening, one below the other. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }) {
  return (
    <dl className="mt-1 grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-sm">
      {evidence.map(({ label, value }) => (
        <div className="contents" key={`${label} ${value}`}>
          <dt className="text-faint">{label}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
