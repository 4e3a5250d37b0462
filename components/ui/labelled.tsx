import type { ReactNode } from 'react';

/** A control of a filter with its name above. */
export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label className="grid min-w-0 gap-0.5 text-soft text-xs sm:w-[8.25rem]">
      {label}
      {children}
    </label>
  );
}
