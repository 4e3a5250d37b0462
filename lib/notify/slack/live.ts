import { chatSecrets } from '#lib/config/config.ts';
import { type SlackApi, slackApi } from './api.ts';
import { type SlackCall, verifySlack } from './signature.ts';
import { type WorkspaceOf, workspaceKeeper } from './workspace.ts';

/** Slack as this process's environment sets it up. */
export interface Slack {
  api: SlackApi;
  verify(headers: Pick<Headers, 'get'>, raw: Uint8Array, now: Date): SlackCall | string;
  /** The one workspace whose bot this is, by its team id. @throws NotifyFault */
  workspaceId(): Promise<string>;
}

const held = globalThis as { stintSlack?: WorkspaceOf };

/** null: Slack is not set up. */
export function liveSlack(): Slack | null {
  const { slack, reach } = chatSecrets();
  if (!slack) return null;
  const api = slackApi(slack, reach);
  held.stintSlack ??= workspaceKeeper(Date.now);
  const workspaceOf = held.stintSlack;
  return {
    api,
    verify: (headers, raw, now) => verifySlack(headers, raw, slack.signingSecret, now),
    workspaceId: () => workspaceOf(`${slack.origin} ${slack.botToken}`, api),
  };
}
