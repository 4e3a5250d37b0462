import {
  type OutsideKind,
  outsideKindHelp,
  outsideKindNames,
  outsideKinds,
} from '#lib/domain/outside-role.ts';

/** What the kinds are: of one, when the list shows one only; else of all, folded. */
export function OutsideHelp({ kind }: { kind: OutsideKind | undefined }) {
  if (kind) return <p className="mb-4 max-w-prose text-sm text-soft">{outsideKindHelp[kind]}</p>;
  return (
    <details className="mb-4 max-w-prose text-sm">
      <summary className="w-fit py-1 text-soft">What these are</summary>
      <dl className="space-y-1.5 pt-1">
        {outsideKinds.map((each) => (
          <div key={each}>
            <dt className="font-[550]">{outsideKindNames[each]}</dt>
            <dd className="text-soft">{outsideKindHelp[each]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
