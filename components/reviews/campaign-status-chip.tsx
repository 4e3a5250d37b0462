import { Chip, type Tone } from '#components/ui/chip.tsx';
import type { CampaignStatus } from '#lib/domain/campaign.ts';
import { campaignStatusNames } from '#lib/domain/review-words.ts';

const tones: Record<CampaignStatus, Tone> = {
  draft: 'plain',
  scheduled: 'plain',
  open: 'live',
  applying: 'warn',
  closed: 'plain',
  cancelled: 'plain',
};

export function CampaignStatusChip({ status }: { status: CampaignStatus }) {
  return <Chip tone={tones[status]}>{campaignStatusNames[status]}</Chip>;
}
