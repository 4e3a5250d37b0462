import type { CSSProperties } from 'react';

export type WindowKind = 'running' | 'ending' | 'ask' | 'past';

interface Props {
  kind: WindowKind;
  /** 0 to 1: what of the track is filled. */
  part: number;
  /** 0 to 1: what is usual, as a tick. */
  usual?: number | null;
  /** The text equivalent: the figure, and against what it stands. */
  lead: string;
  rest: string;
}

/** Stint's one signature part: granted time is the track; used, left or asked time the fill. */
export function WindowBar({ kind, part, usual = null, lead, rest }: Props) {
  const style = { '--at': percent(part), ...(usual === null ? {} : { '--usual': percent(usual) }) };
  return (
    <div className="grid min-w-0 gap-[3px]">
      <div
        aria-hidden="true"
        className="window-bar"
        data-kind={kind}
        data-usual={usual === null ? undefined : ''}
        style={style as CSSProperties}
      />
      <div className="flex justify-between gap-3 text-xs text-soft">
        <span className="whitespace-nowrap font-[550] text-ink">{lead}</span>{' '}
        <span className="text-right">{rest}</span>
      </div>
    </div>
  );
}

function percent(part: number): string {
  return `${Math.round(Math.min(1, Math.max(0, part)) * 1000) / 10}%`;
}
