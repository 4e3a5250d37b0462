'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import { Notice } from '#components/ui/notice.tsx';
import { say } from '#components/ui/toast-store.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { ScheduleRow } from '#lib/queries/approval-policy-rows.ts';

interface Props {
  schedule: Pick<ScheduleRow, 'id' | 'name' | 'version' | 'namedBy'>;
  remove: (asked: { id: string; version: number }) => Promise<Outcome<null>>;
}

/** Removes it, after a second press; what the policy names stays. */
export function RemoveSchedule({ schedule: { id, name, version, namedBy }, remove }: Props) {
  const [sure, setSure] = useState(false);
  const [no, setNo] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  if (namedBy.length > 0)
    return <p className="text-soft text-sm">The policy names it. Take it out there before it is removed.</p>;
  const press = () => {
    if (pending) return;
    if (!sure) return setSure(true);
    startTransition(async () => {
      const answer = await withStepUp(() => remove({ id, version })).catch(() => null);
      if (!answer?.ok) return setNo(answer?.message ?? 'Stint did not answer. Try again.');
      say(`“${name}” is removed.`);
      router.push('/settings/schedules');
    });
  };
  return (
    <div className="grid justify-items-start gap-2">
      <button aria-disabled={pending} className="btn btn-quiet text-risk" onClick={press} type="button">
        {sure ? `Remove “${name}” with who stands in` : 'Remove this schedule'}
      </button>
      {no && <Notice alert>{no}</Notice>}
    </div>
  );
}
