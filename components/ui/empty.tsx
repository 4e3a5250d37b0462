import type { ReactNode } from 'react';

/** An empty place that says what would be here, and what to do. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="panel border-dashed px-5 py-6 text-soft">
      <p className="font-[550] text-ink">{title}</p>
      {children && <div className="mt-1 max-w-prose space-y-2">{children}</div>}
    </div>
  );
}
