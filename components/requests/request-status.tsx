import { Chip, type Tone } from '#components/ui/chip.tsx';
import { type RequestStatus as Status, statusNames } from '#lib/domain/request.ts';

const tones: Partial<Record<Status, Tone>> = {
  active: 'live',
  needs_you: 'warn',
  awaiting_approval: 'warn',
  awaiting_signatures: 'warn',
  approved: 'warn',
  failed: 'warn',
  ending: 'warn',
};

/** The status in words; colour only for what is on, or needs someone. */
export function RequestStatus({
  status,
  waitsFor,
}: {
  status: Status;
  waitsFor?: string | null | undefined;
}) {
  if (waitsFor) return <Chip>Waits for {waitsFor}</Chip>;
  return <Chip tone={tones[status] ?? 'plain'}>{statusNames[status]}</Chip>;
}
