import type { ReactNode } from 'react';
import { Ago } from '#components/ui/ago.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Section } from '#components/ui/section.tsx';
import { chatNames } from '#lib/domain/chat.ts';
import type { ChatStateRow } from '#lib/queries/chat-rows.ts';

interface Props {
  state: ChatStateRow;
  isSetUp: boolean;
  now: Date;
  /** How it is set up. */
  children: ReactNode;
}

/** Why a call was refused, where a code does not say enough. */
const refusalWords: Record<string, string> = {
  signature_unsigned: 'not signed',
  signature_stale: 'signed more than five minutes ago; is the clock of this server right?',
  signature_forged: 'not signed with this app’s secret',
  other_workspace: 'from another workspace',
  token_refused: 'its token is not the Bot Framework’s for this bot',
  service_refused: 'for a service that Stint does not call',
  other_channel: 'not from Teams itself',
  other_tenant: 'from another tenant',
  too_large: 'too large',
  too_fast: 'too often',
};

/** One chat: whether it is set up, how it answers, and what went wrong last. */
export function ChatState({ state, isSetUp, now, children }: Props) {
  const { chat, linked, heardAt, refusedAt, refusal, answeredAt, failedAt, failure } = state;
  const isFailing = failedAt !== null && (answeredAt === null || failedAt > answeredAt);
  return (
    <Section title={chatNames[chat]}>
      <div className="panel grid gap-3 p-4 text-sm">
        <p>
          <Chip tone={isSetUp ? 'live' : 'plain'}>{isSetUp ? 'set up' : 'not set up'}</Chip>{' '}
          {linked === 0 ? 'Nobody has' : linked === 1 ? 'One person has' : `${linked} people have`} linked an
          account.
        </p>
        {isFailing && (
          <Notice>
            <Ago at={failedAt} now={now} />: {failure}
          </Notice>
        )}
        <dl className="grid grid-cols-[9rem_minmax(0,1fr)] gap-x-3 gap-y-1 [&_dt]:text-faint">
          <dt>Last heard from it</dt>
          <dd>
            <Moment at={heardAt} now={now} />
          </dd>
          <dt>Last answered us</dt>
          <dd>
            <Moment at={answeredAt} now={now} />
          </dd>
          <dt>Last refused</dt>
          <dd>
            <Moment at={refusedAt} now={now} />
            {refusal && `: ${refusalWords[refusal] ?? refusal}`}
          </dd>
        </dl>
        <details>
          <summary className="w-fit py-1 text-soft">How it is set up</summary>
          <div className="mt-2 grid max-w-prose gap-2">{children}</div>
        </details>
      </div>
    </Section>
  );
}

function Moment({ at, now }: { at: Date | null; now: Date }) {
  return at ? <Ago at={at} now={now} /> : 'never';
}
