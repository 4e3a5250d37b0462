import { When } from '#components/ui/when.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import { ActionButton } from './action-button.tsx';

interface Props {
  requestId: string;
  /** From when it may be done again; null: now. */
  at: Date | null;
  nudge: (requestId: string) => Promise<Outcome<null>>;
}

/** Reminds everybody who can decide, once an hour. */
export function NudgeButton({ requestId, at, nudge }: Props) {
  if (at)
    return (
      <p className="text-soft text-sm">
        You nudged them. Again from <When at={at} />.
      </p>
    );
  return (
    <div className="grid gap-1">
      <ActionButton label="Nudge who can decide" run={nudge.bind(null, requestId)} />
      <p className="text-faint text-xs">
        They were told when it came to them. A nudge tells them once more, every hour at the most.
      </p>
    </div>
  );
}
