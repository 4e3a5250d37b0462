import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** Something went differently than hoped: what, and what to do. */
export function Notice({ children, alert = false }: { children: ReactNode; alert?: boolean }) {
  return (
    <div
      className="flex gap-2 rounded-md bg-warn-wash px-3 py-2 text-sm text-warn [&_a]:underline"
      role={alert ? 'alert' : undefined}
    >
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
