import Link from 'next/link';
import { RoleName } from '#components/roles/role-name.tsx';
import { Ago } from '#components/ui/ago.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import type { StalledRow } from '#lib/queries/operations-rows.ts';

/** Requests that wait for signatures nobody can give: an administrator changes the policy, or who is in its groups. */
export function StalledApprovals({ now, rows }: { now: Date; rows: StalledRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Section aside="too few can sign" title="Stalled approvals">
      <p className="mb-2 text-sm text-soft">
        These wait until they lapse: Stint never approves what nobody signed. Add somebody to the group that
        signs, or change the approval policy and have them ask again.
      </p>
      <ul aria-label="Stalled approvals" className="panel divide-y divide-line px-3.5">
        {rows.map((row) => (
          <li
            className="grid gap-x-6 gap-y-1 py-2.5 text-sm sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
            key={row.requestId}
          >
            <div className="min-w-0">
              <RoleName role={row} />
              <p className="text-soft">
                {row.requesterName}
                {' · '}
                <Link
                  className="link inline-flex min-h-6 items-center"
                  href={`/requests/${row.requestId}`}
                  prefetch={false}
                >
                  Request
                </Link>
              </p>
            </div>
            <div className="min-w-0 text-soft">
              <Chip tone="warn">
                {row.able} of {row.missing} can sign
              </Chip>{' '}
              {row.stage}, since <Ago at={row.since} now={now} />; lapses <When at={row.lapsesAt} />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
