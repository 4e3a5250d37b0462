'use client';

import { useState } from 'react';
import { ActionButton } from '#components/requests/action-button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { chatNames } from '#lib/domain/chat.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { ChatLinkRow } from '#lib/queries/chat-rows.ts';

interface Props {
  code: string;
  /** null: used or over. */
  link: ChatLinkRow | null;
  /** The person has a linked account: a used code may well have been theirs. */
  accepted: boolean;
  viewer: { name: string; upn: string };
  /** Answers the digits to type in the chat; null: it is linked. */
  confirm: (code: string) => Promise<Outcome<string | null>>;
}

/** Asks the signed-in person whether a chat account is theirs: whoever uses it signs in their name from then on. */
export function LinkQuestion({ code, link, accepted, viewer, confirm }: Props) {
  const [digits, setDigits] = useState<string | null>(null);
  if (!link) {
    if (accepted) return null;
    return (
      <Notice>
        This link is used or over. Ask for a new one where you found it: it is good for ten minutes.
      </Notice>
    );
  }
  const { chat, userName, workspaceName, isOthers } = link;
  const whose = chat === 'slack' ? `@${userName} of ${workspaceName}` : userName;
  const run = async () => {
    const said = await confirm(code);
    if (!said.ok) return said;
    setDigits(said.value);
    return { ok: true as const, value: null };
  };
  return (
    <section aria-label="Link an account" className="panel mb-7 grid max-w-prose gap-3 p-4">
      <p className="text-base">
        Link the {chatNames[chat]} account <bdi className="font-semibold">{whose}</bdi> to{' '}
        <bdi className="font-semibold">{viewer.name}</bdi> <span className="text-soft">({viewer.upn})</span>?
      </p>
      {isOthers && (
        <Notice>
          This account signs in as somebody else. Only they can link it: sign in to Stint as them.
        </Notice>
      )}
      {!isOthers && digits === null && (
        <>
          <p className="text-soft text-sm">
            Whoever uses that account signs approvals in your name. Link it only if you asked for this
            yourself, in {chatNames[chat]}, just now. If somebody sent you this link, close the page.
          </p>
          <ActionButton label="Link this account" look="btn btn-go" run={run} />
        </>
      )}
      {digits !== null && <Digits chatName={chatNames[chat]} digits={digits} />}
    </section>
  );
}

function Digits({ chatName, digits }: { chatName: string; digits: string }) {
  return (
    <div className="grid gap-2" role="status">
      <p className="text-sm">Type these digits in {chatName}, where you found the link:</p>
      <p className="font-mono font-semibold text-2xl tracking-widest">{digits}</p>
      <p className="text-soft text-sm">
        They are good for ten minutes. Give them to nobody: whoever asks you for them wants to sign in your
        name.
      </p>
    </div>
  );
}
