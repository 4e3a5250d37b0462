import { When } from '#components/ui/when.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { PolicyVersionRow } from '#lib/queries/approval-policy-rows.ts';
import { RestoreVersion } from './restore-version.tsx';

interface Props {
  rows: PolicyVersionRow[];
  newest: number;
  restore: (asked: { restored: number; note: string; version: number }) => Promise<Outcome<null>>;
}

/** Every version: who, when, why, and what it changed. */
export function VersionList({ rows, newest, restore }: Props) {
  return (
    <ol aria-label="Versions" className="panel divide-y divide-line px-3.5 text-sm">
      {rows.map(({ version, note, changedAt, changedByName, changes }) => (
        <li className="grid grid-cols-1 gap-1.5 py-3" key={version}>
          <p className="wrap-anywhere">
            <span className="font-[550]">Version {version}</span>{' '}
            <span className="text-soft">
              {changedByName}, <When at={changedAt} />
              {version === newest && ' · in force'}
            </span>
          </p>
          <p className="wrap-anywhere max-w-prose">{note}</p>
          <ul className="wrap-anywhere list-disc space-y-0.5 pl-5 text-soft text-xs">
            {changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
            {changes.length === 0 && <li>Says the same as the one before.</li>}
          </ul>
          {version !== newest && <RestoreVersion newest={newest} restore={restore} version={version} />}
        </li>
      ))}
    </ol>
  );
}
