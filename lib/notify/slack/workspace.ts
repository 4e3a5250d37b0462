import type { SlackApi } from './api.ts';

/** Of Slack's three seconds for an answer a modal takes up to two. */
const mostMs = 900;
const keptMs = 60 * 60 * 1000;

/** Team id of the workspace that a bot's token belongs to. */
export type WorkspaceOf = (token: string, api: SlackApi) => Promise<string>;

/**
 * Asks Slack whose bot it is (`auth.test`) and keeps the answer. It is asked again every hour, behind whoever comes then:
 * only the first call after a start waits, and what is known goes on where Slack does not answer. @throws NotifyFault
 */
export function workspaceKeeper(now: () => number): WorkspaceOf {
  let kept: { token: string; id: string; until: number } | null = null;
  let asking: { token: string; id: Promise<string> } | null = null;
  return (token, api) => {
    const known = kept?.token === token ? kept : null;
    if (known && known.until > now()) return Promise.resolve(known.id);
    if (asking?.token !== token) {
      const id = api('auth.test', {}, mostMs).then(({ team_id: team }) => String(team));
      const mine = { token, id };
      asking = mine;
      const done = () => {
        if (asking === mine) asking = null;
      };
      id.then((found) => {
        kept = { token, id: found, until: now() + keptMs };
        done();
      }, done);
    }
    return known ? Promise.resolve(known.id) : asking.id;
  };
}
