import Link from 'next/link';
import { Chip, type Tone } from '#components/ui/chip.tsx';
import { StackedCell, StackedRow, StackedTable } from '#components/ui/stacked-table.tsx';
import { When } from '#components/ui/when.tsx';
import { type EvaluationOutcome, outcomeNames, stageNames } from '#lib/domain/evaluation.ts';
import { planeNames } from '#lib/domain/plane.ts';
import { inWords } from '#lib/domain/time.ts';
import type { EvaluationRow } from '#lib/queries/evaluation-rows.ts';

const tones: Record<EvaluationOutcome, Tone> = { approved: 'plain', auto_approved: 'live', denied: 'warn' };
const heads = [
  ['Asked', 'md:w-[190px]'],
  ['Who, for what', 'md:w-[30%]'],
  ['Answer', ''],
  ['Evaluation', 'md:w-[150px]'],
] as const;

/** What Stint answered PIM, one row an activation and stage. */
export function EvaluationTable({ rows }: { rows: EvaluationRow[] }) {
  return (
    <StackedTable heads={heads} label="Evaluations">
      {rows.map((row) => (
        <StackedRow key={row.id}>
          <StackedCell>
            <When at={row.at} />
            <span className="block text-faint text-xs">
              {stageNames[row.stage]}
              {row.deliveries > 1 && `, delivered ${row.deliveries} times`}
            </span>
          </StackedCell>
          <StackedCell>
            <Asked row={row} />
          </StackedCell>
          <StackedCell>
            <Chip tone={tones[row.outcome]}>{outcomeNames[row.outcome]}</Chip>
            {row.reasons.map((reason) => (
              <span className="block break-words text-soft text-xs" key={reason}>
                {reason}
              </span>
            ))}
            {row.requestId && (
              <Link
                className="link inline-flex min-h-6 items-center text-xs"
                href={`/requests/${row.requestId}`}
                prefetch={false}
              >
                the request it rests on
              </Link>
            )}
          </StackedCell>
          <StackedCell look="break-all font-mono text-faint text-xs">{row.id}</StackedCell>
        </StackedRow>
      ))}
    </StackedTable>
  );
}

function Asked({ row }: { row: EvaluationRow }) {
  if (!row.plane) return <span className="text-soft">Nothing that Stint understood</span>;
  const facts = [row.minutes && inWords(row.minutes), row.ticketNumber].filter(Boolean).join(' · ');
  return (
    <>
      {row.principalName}
      <span className="block break-words text-soft">
        {planeNames[row.plane]}: {row.roleName}, {row.scopeName}
      </span>
      {facts && <span className="block text-faint text-xs">{facts}</span>}
    </>
  );
}
