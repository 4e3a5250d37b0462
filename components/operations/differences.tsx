import Link from 'next/link';
import type { ReactNode } from 'react';
import { RoleName } from '#components/roles/role-name.tsx';
import { Ago } from '#components/ui/ago.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import { differenceEndNames, differenceNames } from '#lib/domain/difference.ts';
import type { DifferenceRow } from '#lib/queries/operations-rows.ts';

interface Props {
  now: Date;
  open: DifferenceRow[];
  settled: DifferenceRow[];
}

/** Where Azure and Stint’s record differ, and what became of earlier ones. */
export function Differences({ now, open, settled }: Props) {
  return (
    <Section aside="between Azure and Stint’s record" title="Differences">
      {open.length === 0 ? (
        <p className="panel px-3.5 py-2.5 text-sm text-soft">
          None is open. About every minute Stint reads all activations in Azure and compares them with its
          record; what does not agree is listed here until it does.
        </p>
      ) : (
        <ul aria-label="Open differences" className="panel divide-y divide-line px-3.5">
          {open.map((row) => (
            <Line key={row.id} row={row}>
              <Chip tone="warn">{differenceNames[row.kind]}</Chip> first seen{' '}
              <Ago at={row.firstSeenAt} now={now} />
            </Line>
          ))}
        </ul>
      )}
      {settled.length > 0 && (
        <details className="mt-2">
          <summary className="w-fit py-1 text-faint text-sm">Settled lately: {settled.length}</summary>
          <ul aria-label="Settled differences" className="panel mt-1 divide-y divide-line px-3.5">
            {settled.map((row) => (
              <Line key={row.id} row={row}>
                {differenceNames[row.kind]}: {row.resolution && differenceEndNames[row.resolution]}
                {row.resolvedAt && (
                  <>
                    , <When at={row.resolvedAt} />
                  </>
                )}
              </Line>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function Line({ row, children }: { row: DifferenceRow; children: ReactNode }) {
  return (
    <li className="grid gap-x-6 gap-y-1 py-2.5 text-sm sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="min-w-0">
        <RoleName role={row} />
        <p className="text-soft">
          {row.principalName}
          {row.requestId && (
            <>
              {' · '}
              <Link
                className="link inline-flex min-h-6 items-center"
                href={`/requests/${row.requestId}`}
                prefetch={false}
              >
                its story
              </Link>
            </>
          )}
        </p>
      </div>
      <p className="text-soft">{children}</p>
    </li>
  );
}
