import type { Metadata } from 'next';
import Link from 'next/link';
import { unlinkChatAccount } from '#app/(portal)/chat/actions.ts';
import { saveNotifications, testNotifications } from '#app/(portal)/notifications/actions.ts';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { ChatAccounts } from '#components/chat/chat-accounts.tsx';
import { PreferencesForm } from '#components/letters/preferences-form.tsx';
import { ActionButton } from '#components/requests/action-button.tsx';
import { Section } from '#components/ui/section.tsx';
import { chatAccountsOf } from '#lib/queries/chat-accounts.ts';
import { letterSettings } from '#lib/queries/letter-settings.ts';

export const metadata: Metadata = { title: 'How I am told' };

export default async function NotificationSettingsPage() {
  const viewer = await viewerAt('/notifications/settings');
  const [settings, accounts] = await Promise.all([letterSettings(viewer), chatAccountsOf(viewer)]);
  return (
    <>
      <p className="mb-1 text-sm">
        <Link className="link inline-flex min-h-6 items-center" href="/notifications" prefetch={false}>
          Notifications
        </Link>
      </p>
      <h1 className="mb-3">How I am told</h1>
      <p className="mb-5 max-w-prose text-soft">
        Under Notifications you find everything, whatever you choose here. Nothing can be decided by mail: a
        letter leads to the request.
      </p>
      <PreferencesForm save={saveNotifications} settings={settings} />
      <Section title="Chat accounts">
        <ChatAccounts rows={accounts} unlink={unlinkChatAccount} />
      </Section>
      <Section title="Try it">
        <div className="panel grid gap-2 px-4 py-3.5 text-sm">
          <p className="text-soft">Sends you a letter now, by every way that reaches you.</p>
          <ActionButton label="Send me a test" look="btn btn-small" run={testNotifications} />
        </div>
      </Section>
    </>
  );
}
