import type { ReactNode } from 'react';

/** Filters as a plain form: the URL is the state, to keep and to send around. */
export function FilterForm({ action, children }: { action: string; children: ReactNode }) {
  return (
    <form action={action} className="mb-4 grid grid-cols-2 items-end gap-x-3 gap-y-2 sm:flex sm:flex-wrap">
      {children}
      <div className="flex gap-1">
        <button className="btn" type="submit">
          Filter
        </button>
        <a className="btn btn-quiet" href={action}>
          Clear
        </a>
      </div>
    </form>
  );
}
