import { Chip, type Tone } from '#components/ui/chip.tsx';
import { type RequestStatus as Status, statusNames } from '#lib/domain/request.ts';

const tones: Partial<Record<Status, Tone>> = {
  active: 'live',
  needs_you: 'warn',
  awaiting_approval: 'warn',
  failed: 'warn',
  ending: 'warn',
};

/** The status in words; colour only for what is on, or needs someone. */
export function RequestStatus({ status }: { status: Status }) {
  return <Chip tone={tones[status] ?? 'plain'}>{statusNames[status]}</Chip>;
}
