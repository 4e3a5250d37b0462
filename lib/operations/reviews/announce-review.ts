import { announce, reviewWatchers } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';

/** Says, when this transaction commits, that a review moved: to these people, and to all who watch reviews. */
export function announceReview(tx: Tx, personIds: Iterable<string> = []): Promise<void> {
  return announce(tx, [...personIds, reviewWatchers]);
}
