import { onChange, reviewWatchers } from '#db/changes.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadReviews } from '#lib/domain/permission.ts';

/** Calls `hear` whenever something on the viewer's screens has moved. Returns how to stop. */
export function changesFor(viewer: Actor, hear: () => void): Promise<() => void> {
  return onChange((whose) => {
    const isTheirs = whose === viewer.objectId || (whose === reviewWatchers && mayReadReviews(viewer));
    if (whose === null || isTheirs) hear();
  });
}
