import { roleTitle } from '#components/roles/role-words.ts';
import type { RunningWindow } from '#lib/queries/rows.ts';
import { titleWords } from './remind-at.ts';

/** The page's own title, and what stands in its place; null: it stands itself. */
export interface KeptTitle {
  own: string;
  ours: string | null;
}

/**
 * Puts the time that is left (`now` in milliseconds) into the tab's title. The page's own is whatever we did not write;
 * it comes back when nothing is on.
 */
export function entitle(
  page: { title: string },
  kept: KeptTitle,
  first: RunningWindow | undefined,
  now: number,
): void {
  const isOurs = kept.ours !== null && page.title === kept.ours;
  if (!isOurs) kept.own = page.title;
  // Between two pages there is none: one written then would stand before the next page's own for good.
  if (!kept.own) return;
  const ours = first
    ? `${titleWords(first.endsAt.getTime() - now)} · ${roleTitle(first).main} · Stint`
    : null;
  if (ours !== null) page.title = ours;
  else if (isOurs) page.title = kept.own;
  kept.ours = ours;
}
