import { ActionButton } from '#components/requests/action-button.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { StackedCell, StackedRow, StackedTable } from '#components/ui/stacked-table.tsx';
import { When } from '#components/ui/when.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { AbsenceRow } from '#lib/queries/absence-rows.ts';

interface Props {
  label: string;
  rows: AbsenceRow[];
  /** Whose they are is not clear from the heading. */
  whose?: boolean;
  /** null: not the viewer’s to end. */
  end: ((id: string) => Promise<Outcome<null>>) | null;
}

const states: Record<AbsenceRow['state'], string> = { now: 'Away now', coming: 'To come', over: 'Over' };

/** Who is away when, and who signs meanwhile. */
export function AbsenceTable({ label, rows, whose = false, end }: Props) {
  const heads = [...(whose ? ['Who'] : []), 'When', 'Who signs meanwhile', 'State'];
  return (
    <StackedTable heads={heads} label={label}>
      {rows.map((row) => (
        <StackedRow key={row.id}>
          {whose && (
            <StackedCell>
              <bdi className="font-[550]">{row.personName}</bdi>
            </StackedCell>
          )}
          <StackedCell>
            <When at={row.startsAt} /> <span className="text-faint">until</span> <When at={row.endsAt} />
            {row.note && (
              <p className="wrap-anywhere text-soft" dir="auto">
                {row.note}
              </p>
            )}
            {row.setByName && <p className="text-faint text-xs">written down by {row.setByName}</p>}
          </StackedCell>
          <StackedCell>{row.deputyName ?? <span className="text-faint">nobody signs</span>}</StackedCell>
          <StackedCell>
            <div className="flex flex-wrap items-start gap-2">
              <Chip tone={row.state === 'now' ? 'warn' : 'plain'}>{states[row.state]}</Chip>
              {end && row.state !== 'over' && (
                <ActionButton
                  label={row.state === 'now' ? 'End now' : 'Call off'}
                  look="btn btn-small"
                  run={end.bind(null, row.id)}
                />
              )}
            </div>
          </StackedCell>
        </StackedRow>
      ))}
    </StackedTable>
  );
}
