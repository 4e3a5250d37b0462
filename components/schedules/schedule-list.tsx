import Link from 'next/link';
import { Chip } from '#components/ui/chip.tsx';
import { When } from '#components/ui/when.tsx';
import type { ScheduleRow } from '#lib/queries/approval-policy-rows.ts';
import { turnsInWords } from './turn-words.ts';

/** Schedules with who is on call now. */
export function ScheduleList({ rows }: { rows: ScheduleRow[] }) {
  return (
    <ul aria-label="On-call schedules" className="panel divide-y divide-line px-3.5 text-sm">
      {rows.map(({ id, name, rotation, now, namedBy }) => (
        <li className="grid gap-x-4 gap-y-0.5 py-2.5 sm:grid-cols-[minmax(0,1fr)_auto]" key={id}>
          <p className="wrap-anywhere min-w-0">
            <Link
              className="link inline-flex min-h-6 items-center font-[550]"
              href={`/settings/schedules/${id}`}
              prefetch={false}
            >
              {name}
            </Link>{' '}
            {namedBy.length > 0 && (
              <Chip>in {namedBy.length === 1 ? 'one rule' : `${namedBy.length} rules`}</Chip>
            )}
            <span className="block text-faint text-xs">{turnsInWords(rotation)}</span>
          </p>
          <p className="text-soft sm:text-right">
            {now ? (
              <>
                <b className="font-[550] text-ink">{now.person.name}</b>{' '}
                <span className="block text-faint text-xs">
                  until <When at={now.endsAt} />
                  {now.isOverride && ', in somebody’s place'}
                </span>
              </>
            ) : (
              'nobody yet'
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
