import type { Metadata } from 'next';
import { testNotifications } from '#app/(portal)/notifications/actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { ChannelFacts } from '#components/deliveries/channel-facts.tsx';
import { ActionButton } from '#components/requests/action-button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Section } from '#components/ui/section.tsx';
import { deliverySettings } from '#lib/queries/delivery-settings.ts';

export const metadata: Metadata = { title: 'Mail' };

export default async function MailPage() {
  const viewer = await viewerAt('/settings/mail');
  const page = await deliverySettings(viewer);
  if (!page) return notHere(viewer, 'GET /settings/mail', '');
  const mail = page.channels.find(({ name }) => name === 'mail');
  return (
    <>
      <p className="mb-5 max-w-prose text-soft">
        Letters go to the address that Entra has of a person, and lead to the portal: nothing is decided by
        mail. The mail server is set up in the environment of the process that runs the jobs.
      </p>
      {mail?.isSetUp ? (
        <Section title="The mail server">
          <ChannelFacts channel={mail} now={page.now} />
        </Section>
      ) : (
        <Section title="The mail server">
          <Notice>
            No mail is sent: <code>STINT_SMTP_URL</code> is not set. Set it to the mail server, such as{' '}
            <code>smtps://user:password@mail.example.com</code>, and <code>STINT_MAIL_FROM</code> to the
            address that Stint writes from.
          </Notice>
        </Section>
      )}
      {mail?.isSetUp && (
        <Section title="Try it">
          <div className="panel grid gap-2 px-4 py-3.5 text-sm">
            <p className="text-soft">
              Sends a test to you, and to nobody else, by every way that reaches you.
            </p>
            <ActionButton label="Send me a test" look="btn btn-small" run={testNotifications} />
          </div>
        </Section>
      )}
    </>
  );
}
