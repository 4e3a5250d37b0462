import type { ReactNode } from 'react';

export type Tone = 'plain' | 'live' | 'warn' | 'risk';

const looks: Record<Tone, string> = {
  plain: 'chip',
  live: 'chip chip-live',
  warn: 'chip chip-warn',
  risk: 'chip chip-risk',
};

/** A short fact. Colour repeats what the words say, never the other way round. */
export function Chip({
  tone = 'plain',
  children,
  title,
}: {
  tone?: Tone;
  children: ReactNode;
  title?: string | undefined;
}) {
  return (
    <span className={looks[tone]} title={title}>
      {children}
    </span>
  );
}
