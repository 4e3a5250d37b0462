import Link from 'next/link';
import { Ago } from '#components/ui/ago.tsx';
import { Section } from '#components/ui/section.tsx';
import { When } from '#components/ui/when.tsx';
import { isLive, statusNames } from '#lib/domain/request.ts';
import { secondsInWords } from '#lib/domain/time.ts';
import type { BypassEnding, BypassRow } from '#lib/queries/evaluation-rows.ts';
import { BypassedChip } from './bypassed-chip.tsx';

/** Activations that went past Stint’s own approval, and what became of them. */
export function Bypasses({ now, rows }: { now: Date; rows: BypassRow[] }) {
  return (
    <Section aside="activated in other clients" title="Past Stint’s approval">
      {rows.length === 0 ? (
        <p className="panel px-3.5 py-2.5 text-sm text-soft">
          None. Where a rule of Stint’s asks for signatures and PIM does not ask Stint, somebody could
          activate in Microsoft’s portal past them. Stint sees that within a minute or two, and lists it here.
        </p>
      ) : (
        <ul aria-label="Past Stint’s approval" className="panel divide-y divide-line px-3.5 text-sm">
          {rows.map((row) => (
            <li className="grid gap-x-6 gap-y-1 py-2.5 sm:grid-cols-2" key={row.id}>
              <div className="min-w-0">
                <Link
                  className="link inline-flex min-h-6 items-center"
                  href={`/requests/${row.id}`}
                  prefetch={false}
                >
                  {row.roleName}, {row.scopeName}
                </Link>
                <p className="text-soft">{row.requesterName}</p>
              </div>
              <p className="text-soft">
                {isLive(row.status) && <BypassedChip />} {statusNames[row.status]}, seen{' '}
                <Ago at={row.bypassedAt} now={now} />
                {row.ending && (
                  <span className="block">
                    <Ending ending={row.ending} />
                  </span>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** How far the Applier is with it, and the proof once there is one. */
function Ending({ ending: { state, wasGone, explanation, goneAt, tookSeconds } }: { ending: BypassEnding }) {
  if (state === 'done' && wasGone) return 'It was over before the Applier came to end it.';
  if (state === 'done')
    return (
      <>
        Ended by the Applier: gone from Azure {goneAt && <When at={goneAt} toTheSecond />}
        {tookSeconds !== null && `, ${secondsInWords(tookSeconds)} after Azure was told`}.
      </>
    );
  if (state === 'blocked' || state === 'refused')
    return (
      <>
        <span className="text-warn">The Applier cannot end it.</span> {explanation}
      </>
    );
  return state === 'confirming' || state === 'applying'
    ? 'The Applier is ending it: Azure still has to show it gone.'
    : `The Applier is to end it. ${explanation ?? ''}`;
}
