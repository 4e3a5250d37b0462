'use client';

import { ActionButton } from '#components/requests/action-button.tsx';
import { When } from '#components/ui/when.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { ScheduleRow } from '#lib/queries/approval-policy-rows.ts';

interface Props {
  overrides: ScheduleRow['overrides'];
  callOff: (asked: { id: string }) => Promise<Outcome<null>>;
}

/** Who stands in, now and later. */
export function Overrides({ overrides, callOff }: Props) {
  if (overrides.length === 0) return null;
  return (
    <ul aria-label="Who stands in" className="panel mb-4 divide-y divide-line px-3.5 text-sm">
      {overrides.map(({ id, person, startsAt, endsAt, madeByName }) => (
        <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 py-2" key={id}>
          <p className="wrap-anywhere min-w-0">
            {person.name}, <When at={startsAt} /> to <When at={endsAt} />
            <span className="block text-faint text-xs">by {madeByName}</span>
          </p>
          <ActionButton label={`Call off ${person.name}`} look="btn btn-small" run={() => callOff({ id })} />
        </li>
      ))}
    </ul>
  );
}
