'use client';

import { ActionButton } from '#components/requests/action-button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { When } from '#components/ui/when.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { LinkedAccountRow } from '#lib/queries/approval-policy-rows.ts';

interface Props {
  people: LinkedAccountRow[];
  unlink: (asked: { accountId: string }) => Promise<Outcome<null>>;
}

/** People with several accounts. */
export function LinkedPeople({ people, unlink }: Props) {
  if (people.length === 0) {
    return (
      <Empty title="No accounts are linked">
        <p>
          Where people have an account for daily work and another for administration, link both: then neither
          signs what the other asks for.
        </p>
      </Empty>
    );
  }
  return (
    <ul aria-label="Linked accounts" className="panel divide-y divide-line px-3.5 text-sm">
      {people.map(({ ownerId, accounts }) => (
        <li className="grid grid-cols-1 gap-1.5 py-3" key={ownerId}>
          {accounts.map(({ id, name, upn, linkedAt, linkedByName }) => (
            <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1" key={id}>
              <p className="wrap-anywhere min-w-0">
                {name} <span className="text-soft">{upn}</span>
                <span className="block text-faint text-xs">
                  {id} · linked by {linkedByName} <When at={linkedAt} />
                </span>
              </p>
              <ActionButton
                label={`Unlink ${upn ?? name}`}
                look="btn btn-small"
                run={() => unlink({ accountId: id })}
              />
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
