'use client';

import Link from 'next/link';
import { useState } from 'react';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import type { ItemDecision } from '#lib/domain/campaign.ts';
import { decisionNames } from '#lib/domain/review-words.ts';
import type { ItemRow } from '#lib/queries/review-rows.ts';
import { HandOnForm } from './hand-on-form.tsx';
import { RationaleForm } from './rationale-form.tsx';
import type { Desk, ItemVerbs } from './use-desk.ts';

interface Props {
  campaignId: string;
  row: ItemRow;
  desk: Desk;
  verbs: ItemVerbs;
  /** Where to look before a group is left; null: this is the place. */
  lookFirst: string | null;
}

/** The four answers to one item. A draft until it is submitted; a reason is asked for where one is needed. */
export function ItemAnswers({ campaignId, row, desk, verbs, lookFirst }: Props) {
  const [asking, setAsking] = useState<ItemDecision | 'hand_on' | null>(null);
  const needsReason = (decision: ItemDecision) => decision !== 'keep' || row.keepNeedsReason;
  const leaves = (decision: ItemDecision) => decision === 'remove' && row.throughGroup !== null;

  const decide = (decision: ItemDecision, rationale: string) =>
    desk.send(
      () =>
        verbs.decide({
          campaignId,
          items: [{ id: row.id, version: row.version }],
          decision,
          rationale,
          hasSeenGroup: leaves(decision),
        }),
      ({ refused }) => refused.length === 0 && setAsking(null),
    );
  const press = (decision: ItemDecision) =>
    needsReason(decision) ? setAsking(decision) : decide(decision, '');
  const message = desk.refused.get(row.id);

  return (
    <fieldset className="grid min-w-0 grid-cols-1 gap-2">
      <legend className="sr-only">
        {roleAtScopeName(row)}, {row.principalName}
      </legend>
      <div className="flex flex-wrap gap-1.5">
        {row.choices.map((decision) =>
          leaves(decision) && lookFirst ? (
            <Link
              className={look(row, decision)}
              data-reason=""
              href={lookFirst}
              key={decision}
              prefetch={false}
            >
              {decisionNames[decision]}…
            </Link>
          ) : (
            <button
              aria-disabled={desk.pending}
              aria-expanded={needsReason(decision) ? asking === decision : undefined}
              aria-pressed={row.decision === decision}
              className={look(row, decision)}
              data-approve={decision === 'keep' ? '' : undefined}
              data-reason={decision === 'remove' ? '' : undefined}
              key={decision}
              onClick={() => press(decision)}
              type="button"
            >
              {decisionNames[decision]}
            </button>
          ),
        )}
        <button
          aria-disabled={desk.pending}
          aria-expanded={asking === 'hand_on'}
          className="btn btn-small btn-quiet"
          onClick={() => setAsking('hand_on')}
          type="button"
        >
          Not mine
        </button>
      </div>
      {asking === 'hand_on' && (
        <HandOnForm
          desk={desk}
          onCancel={() => setAsking(null)}
          send={(to, note) => verbs.handOn({ campaignId, itemIds: [row.id], to, note })}
        />
      )}
      {asking && asking !== 'hand_on' && (
        <RationaleForm
          begin={row.decision === asking ? row.rationale : ''}
          decision={asking}
          group={leaves(asking) ? (row.throughGroup?.name ?? null) : null}
          key={asking}
          onCancel={() => setAsking(null)}
          onSend={(rationale) => decide(asking, rationale)}
          pending={desk.pending}
        />
      )}
      {message && (
        <p className="text-sm text-warn" role="alert">
          {message}
        </p>
      )}
    </fieldset>
  );
}

function look(row: ItemRow, decision: ItemDecision): string {
  return `btn btn-small ${row.decision === decision ? 'btn-go' : ''}`;
}
