import { Chip, type Tone } from '#components/ui/chip.tsx';
import type { RequestRisk, RequestRiskLevel } from '#lib/domain/request-risk.ts';

const looks: Record<RequestRiskLevel, { tone: Tone; name: string }> = {
  low: { tone: 'plain', name: 'Low risk' },
  medium: { tone: 'warn', name: 'Medium risk' },
  high: { tone: 'risk', name: 'High risk' },
};

/** How much there is to look at twice, and what. */
export function RequestRiskLine({ risk: { level, reasons } }: { risk: RequestRisk }) {
  const { tone, name } = looks[level];
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-sm">
      <Chip tone={tone}>{name}</Chip>
      <span className="text-soft">{reasons.length > 0 ? reasons.join(', ') : 'nothing stands out'}</span>
    </p>
  );
}
