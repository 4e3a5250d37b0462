import Link from 'next/link';
import { ActionButton } from '#components/requests/action-button.tsx';
import { Ago } from '#components/ui/ago.tsx';
import { Section } from '#components/ui/section.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { DeadJobRow } from '#lib/queries/operations-rows.ts';

interface Props {
  now: Date;
  rows: DeadJobRow[];
  count: number;
  replay: (id: string) => Promise<Outcome<null>>;
}

/** Jobs that failed for good: what they carried, what went wrong, and once more. */
export function DeadJobs({ now, rows, count, replay }: Props) {
  return (
    <Section aside={rows.length > 0 ? shown(rows.length, count) : undefined} title="Dead letters">
      {rows.length === 0 ? (
        <p className="panel px-3.5 py-2.5 text-sm text-soft">
          None. A job that fails is tried again for some minutes; what then still fails is kept here.
        </p>
      ) : (
        <ul aria-label="Dead letters" className="panel divide-y divide-line px-3.5">
          {rows.map((row) => (
            <li
              className="grid gap-x-6 gap-y-2 py-3 text-sm sm:grid-cols-[minmax(0,1fr)_auto] sm:items-start"
              key={row.id}
            >
              <div className="min-w-0">
                <p>
                  <span className="font-[550]">{row.name}</span>{' '}
                  <span className="text-soft">
                    failed {row.tries} {row.tries === 1 ? 'time' : 'times'}, given up{' '}
                    <Ago at={row.diedAt} now={now} />
                  </span>
                  {row.requestId && (
                    <>
                      {' · '}
                      <Link
                        className="link inline-flex min-h-6 items-center"
                        href={`/requests/${row.requestId}`}
                        prefetch={false}
                      >
                        its request
                      </Link>
                    </>
                  )}
                </p>
                {row.error && <p className="break-words text-warn">{row.error}</p>}
                <dl className="mt-1 text-faint text-xs">
                  {row.facts.map(([name, value]) => (
                    <div className="flex flex-wrap gap-x-2" key={name}>
                      <dt>{name}</dt>
                      <dd className="min-w-0 break-all">{value}</dd>
                    </div>
                  ))}
                </dl>
              </div>
              <ActionButton label="Replay" look="btn btn-small" run={replay.bind(null, row.id)} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function shown(rows: number, count: number): string {
  return rows < count ? `the newest ${rows} of ${count}` : String(count);
}
