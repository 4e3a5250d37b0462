import { Chip, type Tone } from '#components/ui/chip.tsx';
import { type RiskLevel, riskNames } from '#lib/domain/finding.ts';

const tones: Record<RiskLevel, Tone> = { high: 'risk', medium: 'warn', low: 'plain' };

/** How much harm a finding can do. */
export function RiskChip({ risk }: { risk: RiskLevel }) {
  return <Chip tone={tones[risk]}>{riskNames[risk]}</Chip>;
}
