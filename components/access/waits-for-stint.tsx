import { Ago } from '#components/ui/ago.tsx';
import { orList } from '#components/ui/or-list.ts';
import type { OwnApproval, PendingRow } from '#lib/queries/rows.ts';

interface Props {
  row: PendingRow;
  approval: OwnApproval;
  now: Date;
}

/** What a request waits for before Azure is asked: the next signature, or its person. */
export function WaitsForStint({ row, approval: { stage, signed, lapsesAt, useBy }, now }: Props) {
  if (row.status === 'approved') {
    return (
      <>
        by {signed.length > 0 ? signed.join(' and ') : 'its rule'}: start it when you need it
        {useBy && (
          <>
            , it lapses <Ago at={useBy} now={now} />
          </>
        )}
      </>
    );
  }
  const who = row.approvers.length > 0 ? `${orList(row.approvers)} can sign` : 'nobody can sign it now';
  return (
    <>
      {who} · {stage && stage.of > 1 && `stage ${stage.number} of ${stage.of} · `}
      {signed.length > 0 && `signed by ${signed.join(', ')} · `}
      lapses <Ago at={lapsesAt} now={now} />
    </>
  );
}
