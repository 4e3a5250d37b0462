import type { CSSProperties } from 'react';
import { inWords } from '#lib/domain/time.ts';

interface Props {
  minutes: number;
  longestMinutes: number;
  onMinutes: (minutes: number) => void;
}

const step = 5;

/** The window bar as a control: how much of what the policy allows is asked for. */
export function WindowSlider({ minutes, longestMinutes, onMinutes }: Props) {
  const longest = Math.max(step, longestMinutes);
  const value = Math.min(longest, Math.max(step, minutes));
  const at = longest === step ? 100 : ((value - step) / (longest - step)) * 100;
  return (
    <input
      aria-label="Window length"
      aria-valuetext={`${inWords(value)} of ${inWords(longest)}`}
      className="window-slider"
      max={longest}
      min={step}
      onChange={(event) => onMinutes(Number(event.target.value))}
      step={step}
      style={{ '--at': `${at}%` } as CSSProperties}
      type="range"
      value={value}
    />
  );
}
