'use client';

import { useState } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import { say } from '#components/ui/toast-store.ts';
import type { Named } from '#lib/domain/approval-policy.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { NamedField } from './named-field.tsx';
import type { Find } from './verbs.ts';

interface Props {
  find: Find;
  link: (asked: { accountId: string; otherId: string }) => Promise<Outcome<null>>;
}

/** Says that two accounts are one person's. */
export function LinkForm({ find, link }: Props) {
  const [chosen, setChosen] = useState<Named[]>([]);
  const [one, other] = chosen;
  const { no, pending, press } = useAction(async () => {
    const answer = await link({ accountId: one?.id ?? '', otherId: other?.id ?? '' });
    if (answer.ok) {
      setChosen([]);
      say('Linked. Neither signs for the other from now on.');
    }
    return answer;
  });
  return (
    <div className="grid max-w-prose grid-cols-1 gap-3">
      <NamedField
        chosen={chosen}
        find={find}
        hint="two accounts of one person, each by a part of its name or its user principal name"
        id="link-accounts"
        kind="person"
        label="Accounts"
        onChosen={(accounts) => setChosen(accounts.slice(-2))}
      />
      <p>
        <button
          aria-disabled={pending || !other}
          className="btn"
          onClick={() => other && press()}
          type="button"
        >
          Link these two
        </button>
      </p>
      <NoNote no={no} />
    </div>
  );
}
