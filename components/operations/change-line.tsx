import Link from 'next/link';
import { RoleName } from '#components/roles/role-name.tsx';
import { Ago } from '#components/ui/ago.tsx';
import { Chip, type Tone } from '#components/ui/chip.tsx';
import { When } from '#components/ui/when.tsx';
import type { ChangeState } from '#lib/domain/access-change.ts';
import { changeOutcomeNames, changeStateNames } from '#lib/domain/change-words.ts';
import { holdingKindNames } from '#lib/domain/inventory.ts';
import { inWords } from '#lib/domain/time.ts';
import type { ChangeRow } from '#lib/queries/applier-rows.ts';
import { CommandLines } from './command-lines.tsx';

const tones: Partial<Record<ChangeState, Tone>> = { done: 'live', blocked: 'warn', refused: 'warn' };

const reasons: Partial<Record<string, string>> = {
  bypassed: ', by the approval policy: it went past Stint’s stages',
  ticket_closed: ', by the ticket system’s rules: its ticket is closed',
};

/** What is to change, for whom, and how far it is. */
export function ChangeLine({ row, now }: { row: ChangeRow; now: Date }) {
  return (
    <>
      <div className="min-w-0">
        <p className="mb-1">
          {said(row)} <bdi className="font-[550]">{row.principalName}</bdi>
        </p>
        <RoleName note={holdingKindNames[row.kind].toLowerCase()} role={row} />
        {row.requestId && (
          <Link
            className="link inline-flex min-h-6 items-center text-sm"
            href={`/requests/${row.requestId}`}
            prefetch={false}
          >
            It went past Stint’s approval
          </Link>
        )}
      </div>
      <div className="min-w-0 space-y-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Chip tone={tones[row.state] ?? 'plain'}>{changeStateNames[row.state]}</Chip>
          {row.outcome && <span className="font-[550]">{changeOutcomeNames[row.outcome]}</span>}
          <Proof row={row} />
        </p>
        {row.explanation && <p className="break-words text-soft">{row.explanation}</p>}
        {row.state === 'held' && row.verb === 'restore' && (
          <p className="text-soft">
            <span className="font-[550]">The policy today:</span> {row.policy ?? 'being read.'}
          </p>
        )}
        {row.needsAnother && <p className="text-warn">It waits for another administrator than you.</p>}
        {row.manualCommand && <CommandLines command={row.manualCommand} />}
        <p className="text-faint text-xs">
          Asked by {row.askedByName} <Ago at={row.askedAt} now={now} />
          {row.because && reasons[row.because]}
          {row.approvedByName && `, released by ${row.approvedByName}`}
        </p>
      </div>
    </>
  );
}

function said({ verb, groupName }: ChangeRow): string {
  if (groupName !== null) {
    return verb === 'restore' ? `Back into ${groupName}:` : `Out of ${groupName}:`;
  }
  if (verb === 'make_eligible') return 'Eligible instead of standing:';
  if (verb === 'make_time_bound') return 'With an end instead of standing:';
  return verb === 'restore' ? 'Give back to' : 'Take away from';
}

/** Seen in the tenant, and how long that took after Azure was told. */
function Proof({ row: { confirmedAt, eligibleUntil, endsAt, tookSeconds } }: { row: ChangeRow }) {
  if (!confirmedAt) return null;
  const length =
    tookSeconds === null ? null : tookSeconds < 120 ? `${tookSeconds} s` : inWords(tookSeconds / 60);
  return (
    <span className="text-soft">
      seen in the tenant <When at={confirmedAt} />
      {length && `, ${length} after Azure was told`}
      {eligibleUntil && (
        <>
          , eligible until <When at={eligibleUntil} />
        </>
      )}
      {endsAt && (
        <>
          , ends <When at={endsAt} />
        </>
      )}
    </span>
  );
}
