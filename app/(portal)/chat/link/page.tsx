import type { Metadata } from 'next';
import { linkChatAccount, unlinkChatAccount } from '#app/(portal)/chat/actions.ts';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { ChatAccounts } from '#components/chat/chat-accounts.tsx';
import { LinkQuestion } from '#components/chat/link-question.tsx';
import { Section } from '#components/ui/section.tsx';
import { hashOf } from '#lib/auth/secret.ts';
import { chatAccountsOf, chatLink } from '#lib/queries/chat-accounts.ts';

export const metadata: Metadata = { title: 'Chat accounts' };

type Query = Record<string, string | string[] | undefined>;

/** Where a person says that a chat account is theirs, and takes it back. */
export default async function ChatLinkPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { code } = await searchParams;
  const asked = typeof code === 'string' && /^[\w-]{43}$/.test(code) ? code : null;
  const viewer = await viewerAt(asked ? `/chat/link?code=${asked}` : '/chat/link');
  const [accounts, link] = await Promise.all([
    chatAccountsOf(viewer),
    asked ? chatLink(viewer, hashOf(asked), new Date()) : null,
  ]);
  return (
    <>
      <h1 className="mb-2">Chat accounts</h1>
      <p className="mb-5 max-w-prose text-soft">
        Requests that wait for you come to an account that is linked here, and can be signed there. Critical
        roles, and what PIM itself asks, are decided in Stint alone.
      </p>
      {asked && (
        <LinkQuestion
          accepted={accounts.length > 0}
          code={asked}
          confirm={linkChatAccount}
          link={link}
          viewer={viewer}
        />
      )}
      <Section title="Linked">
        <ChatAccounts rows={accounts} unlink={unlinkChatAccount} />
      </Section>
    </>
  );
}
