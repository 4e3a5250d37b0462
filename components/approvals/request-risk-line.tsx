import { Chip, type Tone } from '#components/ui/chip.tsx';
import { type RequestRisk, type RequestRiskLevel, riskNames } from '#lib/domain/request-risk.ts';

const tones: Record<RequestRiskLevel, Tone> = { low: 'plain', medium: 'warn', high: 'risk' };

/** How much there is to look at twice, and what. */
export function RequestRiskLine({ risk: { level, reasons } }: { risk: RequestRisk }) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-sm">
      <Chip tone={tones[level]}>{riskNames[level]}</Chip>
      <span className="text-soft">{reasons.length > 0 ? reasons.join(', ') : 'nothing stands out'}</span>
    </p>
  );
}
