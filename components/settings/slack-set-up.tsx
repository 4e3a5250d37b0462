import { OwnText } from './own-text.tsx';

/** What an administrator does in Slack, with this installation's addresses. Scopes: as few as it takes. */
export function SlackSetUp({ origin }: { origin: string }) {
  const manifest = {
    display_information: { name: 'Stint' },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'Stint', always_online: true },
    },
    oauth_config: { scopes: { bot: ['chat:write', 'im:write'] } },
    settings: {
      event_subscriptions: {
        request_url: `${origin}/api/integrations/slack/events`,
        bot_events: ['app_home_opened'],
      },
      interactivity: { is_enabled: true, request_url: `${origin}/api/integrations/slack/actions` },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  };
  return (
    <>
      <ol className="list-decimal space-y-1 pl-5">
        <li>At api.slack.com/apps choose “Create New App”, “From a manifest”, and paste this.</li>
        <li>Install it to your workspace.</li>
        <li>
          Set <code>STINT_SLACK_SIGNING_SECRET</code> (Basic Information) and{' '}
          <code>STINT_SLACK_BOT_TOKEN</code> (OAuth &amp; Permissions, xoxb-…) for the portal and the worker,
          or each with <code>_FILE</code>. Start them again.
        </li>
        <li>In Event Subscriptions press “Retry”: Slack asks whether the address answers.</li>
      </ol>
      <OwnText label="Slack manifest" text={JSON.stringify(manifest, null, 2)} />
    </>
  );
}
