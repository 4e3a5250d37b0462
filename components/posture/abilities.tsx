import { Chip } from '#components/ui/chip.tsx';
import type { AssignmentRow } from '#lib/queries/inventory-rows.ts';

const mostDangers = 3;

/** What an assignment lets its holder do, as far as it deserves a second look. */
export function Abilities({ dangers, critical }: Pick<AssignmentRow, 'dangers' | 'critical'>) {
  if (dangers.length === 0) return null;
  const more = dangers.length - mostDangers;
  return (
    <>
      {critical && <Chip tone="risk">critical</Chip>}{' '}
      {dangers
        .slice(0, mostDangers)
        .map(({ what }) => what)
        .join(', ')}
      {more > 0 && ` and ${more} more`}
    </>
  );
}
