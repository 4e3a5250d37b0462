import { StackedCell, StackedRow, StackedTable } from '#components/ui/stacked-table.tsx';
import { When } from '#components/ui/when.tsx';
import type { ScheduleRow } from '#lib/queries/approval-policy-rows.ts';

/** Who is on call in the next two weeks. */
export function DutyAhead({ ahead }: { ahead: ScheduleRow['ahead'] }) {
  if (ahead.length === 0) return <p className="text-soft text-sm">Nobody: the first turn begins later.</p>;
  return (
    <StackedTable fixed={false} heads={['Who', 'From', 'Until']} label="On call in the next two weeks">
      {ahead.map(({ person, startsAt, endsAt, isOverride }, n) => (
        <StackedRow key={startsAt.toISOString()}>
          <StackedCell>
            <span className="wrap-anywhere font-[550]">{person.name}</span>{' '}
            {isOverride && <span className="text-faint text-xs">in somebody’s place</span>}
          </StackedCell>
          <StackedCell>{n === 0 ? 'now' : <When at={startsAt} />}</StackedCell>
          <StackedCell>
            <span className="text-faint text-xs md:sr-only">until </span>
            <When at={endsAt} />
          </StackedCell>
        </StackedRow>
      ))}
    </StackedTable>
  );
}
