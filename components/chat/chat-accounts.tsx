'use client';

import { ActionButton } from '#components/requests/action-button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { When } from '#components/ui/when.tsx';
import { chatNames } from '#lib/domain/chat.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { ChatAccountRow } from '#lib/queries/chat-rows.ts';

interface Props {
  rows: ChatAccountRow[];
  unlink: (id: string) => Promise<Outcome<null>>;
}

/** The person's own chat accounts, each with its end. */
export function ChatAccounts({ rows, unlink }: Props) {
  if (rows.length === 0) {
    return (
      <Empty title="No account is linked">
        <p>In Slack, open the app Stint and press “Link this account” in its Home.</p>
        <p>In Microsoft Teams, open the chat with Stint and write anything.</p>
      </Empty>
    );
  }
  return (
    <ul aria-label="Linked accounts" className="panel divide-y divide-line px-4">
      {rows.map(({ id, chat, userName, workspaceName, linkedAt }) => (
        <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 text-sm" key={id}>
          <p className="min-w-0">
            <span className="font-[550]">{chatNames[chat]}</span> <bdi>{userName}</bdi>
            {chat === 'slack' && <span className="text-soft"> of {workspaceName}</span>}
            <span className="block text-faint text-xs">
              linked <When at={linkedAt} />
            </span>
          </p>
          <ActionButton label={`Unlink ${chatNames[chat]}`} look="btn btn-small" run={() => unlink(id)} />
        </li>
      ))}
    </ul>
  );
}
