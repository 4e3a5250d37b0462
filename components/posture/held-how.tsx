import { Chip, type Tone } from '#components/ui/chip.tsx';
import { When } from '#components/ui/when.tsx';
import { type HoldingKind, holdingKindNames } from '#lib/domain/inventory.ts';
import type { AssignmentRow } from '#lib/queries/inventory-rows.ts';

const tones: Record<HoldingKind, Tone> = {
  eligible: 'plain',
  standing: 'warn',
  time_bound: 'plain',
  activated: 'live',
};

interface Props {
  row: Pick<AssignmentRow, 'kind' | 'isConditional' | 'startsAt' | 'endsAt' | 'use'>;
  /** Since when use is known; null: not known now. */
  knownSince: Date | null;
}

/** How an assignment is held, until when, and whether it was ever used. */
export function HeldHow({ row, knownSince }: Props) {
  return (
    <>
      <Chip tone={tones[row.kind]}>{holdingKindNames[row.kind]}</Chip>
      {row.isConditional && <span className="ml-2 text-soft text-xs">with a condition</span>}
      <span className="block text-faint text-xs">
        {row.endsAt ? (
          <>
            until <When at={row.endsAt} />
          </>
        ) : (
          'without an end'
        )}
      </span>
      {row.use && <Used {...row} knownSince={knownSince} use={row.use} />}
    </>
  );
}

/** Whoever says never says since when: of what lies before, nothing is known. */
function Used({
  use: { count, lastAt },
  startsAt,
  knownSince,
}: Pick<AssignmentRow, 'startsAt'> & {
  use: NonNullable<AssignmentRow['use']>;
  knownSince: Date | null;
}) {
  if (lastAt) {
    return (
      <span className="block text-soft text-xs">
        activated {count === 1 ? 'once' : `${count} times, last`} <When at={lastAt} />
      </span>
    );
  }
  if (!knownSince) return <span className="block text-faint text-xs">no activation known</span>;
  const since = startsAt && startsAt > knownSince ? startsAt : knownSince;
  return (
    <span className="block text-soft text-xs">
      never activated since <When at={since} />
    </span>
  );
}
