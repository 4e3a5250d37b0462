import { OwnText } from './own-text.tsx';

/** What an administrator does in Azure and Teams, with this installation's addresses. */
export function TeamsSetUp({ origin }: { origin: string }) {
  const manifest = {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.16/MicrosoftTeams.schema.json',
    manifestVersion: '1.16',
    version: '1.0.0',
    id: '<a GUID of your own>',
    name: { short: 'Stint', full: 'Stint' },
    description: { short: 'Approvals of privileged access', full: 'What waits for your approval in Stint.' },
    developer: { name: 'Your organisation', websiteUrl: origin, privacyUrl: origin, termsOfUseUrl: origin },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#FFFFFF',
    bots: [{ botId: '<STINT_TEAMS_APP_ID>', scopes: ['personal'], isNotificationOnly: false }],
    validDomains: [new URL(origin).hostname],
  };
  return (
    <>
      <ol className="list-decimal space-y-1 pl-5">
        <li>
          Make an Azure Bot with a registration of its own (single tenant). Messaging endpoint:{' '}
          <code className="break-all">{origin}/api/integrations/teams/messages</code>. Channels: Microsoft
          Teams, and no other.
        </li>
        <li>
          Set <code>STINT_TEAMS_APP_ID</code>, <code>STINT_TEAMS_APP_TENANT</code> (your tenant’s id) and one
          of <code>STINT_TEAMS_APP_FEDERATED_TOKEN_FILE</code>, <code>_CERTIFICATE_PATH</code> or{' '}
          <code>_SECRET</code> for the portal and the worker. Start them again.
        </li>
        <li>
          Upload this manifest with two icons as a custom app, and install it for your approvers. It needs no
          permission of Microsoft Graph.
        </li>
      </ol>
      <OwnText label="Teams manifest" text={JSON.stringify(manifest, null, 2)} />
    </>
  );
}
