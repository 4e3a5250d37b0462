import { chatSecrets, type SlackSecrets } from '#lib/config.ts';
import { type SlackApi, slackApi } from './api.ts';
import { type SlackCall, verifySlack } from './signature.ts';

/** Slack as this process's environment sets it up. */
export interface Slack {
  api: SlackApi;
  verify(headers: Pick<Headers, 'get'>, raw: Uint8Array, now: Date): SlackCall | string;
  /** The one workspace whose bot this is, by its team id. @throws NotifyFault */
  workspaceId(): Promise<string>;
}

const keptMs = 60 * 60 * 1000;
const held = globalThis as { stintSlack?: { token: string; id: Promise<string>; until: number } };

/** null: Slack is not set up. */
export function liveSlack(): Slack | null {
  const { slack, reach } = chatSecrets();
  if (!slack) return null;
  const api = slackApi(slack, reach);
  return {
    api,
    verify: (headers, raw, now) => verifySlack(headers, raw, slack.signingSecret, now),
    workspaceId: () => workspaceOf(slack, api),
  };
}

function workspaceOf({ botToken, origin }: SlackSecrets, api: SlackApi): Promise<string> {
  const token = `${origin} ${botToken}`;
  const kept = held.stintSlack;
  if (kept && kept.token === token && kept.until > Date.now()) return kept.id;
  const id = api('auth.test', {}, 2_000).then(({ team_id: team }) => String(team));
  held.stintSlack = { token, id, until: Date.now() + keptMs };
  id.catch(() => {
    delete held.stintSlack;
  });
  return id;
}
