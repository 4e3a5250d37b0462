import { memo } from 'react';
import { RoleName } from '#components/roles/role-name.tsx';
import { choiceName } from '#components/roles/role-words.ts';
import { When } from '#components/ui/when.tsx';
import { OtherTicket } from '#components/window/other-ticket.tsx';
import type { EligibleRow } from '#lib/queries/rows.ts';
import { Facts } from './facts.tsx';
import { HeldBadge } from './own-stages.tsx';
import { Star } from './star.tsx';

interface Props {
  row: EligibleRow;
  chosen: boolean;
  onToggle: (key: string) => void;
}

const why: Record<NonNullable<EligibleRow['blocked']>, string> = {
  already_live: 'Already active or asked for.',
};

/** One eligible role: what, where, what it takes, and whether it can be chosen. Drawn again when it changes itself. */
export const EligibleLine = memo(function EligibleLine({ row, chosen, onToggle }: Props) {
  const reasonId = row.blocked ? `why-${row.key}` : undefined;
  return (
    <tr className={chosen ? 'bg-accent-wash' : ''}>
      <td className="w-[46px] align-top!">
        <input
          aria-describedby={reasonId}
          aria-label={choiceName(row)}
          checked={chosen}
          className="check disabled:cursor-not-allowed"
          disabled={row.blocked !== null}
          onChange={() => onToggle(row.key)}
          type="checkbox"
        />
      </td>
      <td className="pl-2!">
        {/* The whole row is a target for the pointer; the checkbox is the control. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: see above */}
        <div
          className={`grid gap-x-4 gap-y-1.5 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] sm:items-start ${row.blocked ? '' : 'cursor-pointer'}`}
          onClick={() => row.blocked === null && onToggle(row.key)}
        >
          <div>
            <RoleName note={noteOf(row)} role={row} />
            {row.endsAt && (
              <p className="text-faint text-xs">
                eligible until <When at={row.endsAt} />
              </p>
            )}
            {row.blocked && (
              <p className="text-soft text-xs" id={reasonId}>
                {why[row.blocked]} <OtherTicket row={row} />
              </p>
            )}
          </div>
          <div className="grid gap-1.5">
            <Facts critical={row.critical} dangers={row.dangers} locks={row.locks} policy={row.policy} />
            <HeldBadge roleKey={row.key} />
          </div>
        </div>
      </td>
      <td className="w-10 pl-0! align-top!">
        <Star row={row} />
      </td>
    </tr>
  );
});

function noteOf({ throughGroupName, activations }: EligibleRow): string | null {
  const notes = [
    throughGroupName && `through ${throughGroupName}`,
    activations > 0 ? `activated ${activations === 1 ? 'once' : `${activations} times`}` : null,
  ].filter(Boolean);
  return notes.length > 0 ? notes.join(' · ') : null;
}
