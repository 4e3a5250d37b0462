'use client';

import { NoNote } from '#components/requests/no-note.tsx';
import type { ItemStory } from '#lib/queries/review-rows.ts';
import { ItemAnswers } from './item-answers.tsx';
import { type ItemVerbs, useDesk } from './use-desk.ts';

/** The decision of one item, on its own page. */
export function ItemDesk({ story, verbs }: { story: ItemStory; verbs: ItemVerbs }) {
  const desk = useDesk();
  const { campaignId } = story;
  const isDraft = story.decision !== null && story.submittedAt === null;
  const submit = () => desk.send(() => verbs.submit({ campaignId, itemIds: [story.id] }));
  return (
    <div className="grid grid-cols-1 gap-2.5">
      <ItemAnswers campaignId={campaignId} desk={desk} lookFirst={null} row={story} verbs={verbs} />
      {isDraft && (
        <button
          aria-disabled={desk.pending}
          className="btn btn-go justify-self-start"
          onClick={submit}
          type="button"
        >
          Submit
        </button>
      )}
      {!(desk.no !== null && desk.no !== 'silence' && desk.no.field === 'to') && <NoNote no={desk.no} />}
    </div>
  );
}
