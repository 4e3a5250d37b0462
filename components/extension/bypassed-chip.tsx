import { Chip } from '#components/ui/chip.tsx';

/** It was activated in another client, past the signatures that Stint’s policy asks. */
export function BypassedChip() {
  return (
    <Chip
      title="Activated in another client, past the signatures or the freeze of Stint’s approval policy"
      tone="risk"
    >
      Past approval
    </Chip>
  );
}
