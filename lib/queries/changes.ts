import { onChange } from '#db/changes.ts';
import type { Actor } from '#lib/domain/actor.ts';

/** Calls `hear` whenever something on the viewer's screens has moved. Returns how to stop. */
export function changesFor(viewer: Actor, hear: () => void): Promise<() => void> {
  return onChange((personId) => {
    if (personId === null || personId === viewer.objectId) hear();
  });
}
