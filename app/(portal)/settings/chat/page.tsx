import type { Metadata } from 'next';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { ChatState } from '#components/settings/chat-state.tsx';
import { SlackSetUp } from '#components/settings/slack-set-up.tsx';
import { TeamsSetUp } from '#components/settings/teams-set-up.tsx';
import { ownUrl } from '#lib/auth/own-url.ts';
import { liveSlack } from '#lib/notify/slack/live.ts';
import { liveTeams } from '#lib/notify/teams/live.ts';
import { chatSettings } from '#lib/queries/chat-settings.ts';

export const metadata: Metadata = { title: 'Chat' };

/** Slack and Microsoft Teams: whether they are set up, how they answer, and what to register where. */
export default async function ChatSettingsPage() {
  const viewer = await viewerAt('/settings/chat');
  const states = await chatSettings(viewer);
  if (!states) return notHere(viewer, 'GET /settings/chat', '');
  const isSetUp = { slack: liveSlack() !== null, teams: liveTeams() !== null };
  const help = { slack: <SlackSetUp origin={ownUrl('')} />, teams: <TeamsSetUp origin={ownUrl('')} /> };
  const now = new Date();
  return (
    <>
      <p className="mb-5 max-w-prose text-soft">
        Approvers get what waits for them where they chat, and sign a stage of Stint’s own there. A click in a
        chat carries no token of the person: critical roles, and what PIM itself asks, lead to Stint.
      </p>
      {states.map((state) => (
        <ChatState isSetUp={isSetUp[state.chat]} key={state.chat} now={now} state={state}>
          {help[state.chat]}
        </ChatState>
      ))}
    </>
  );
}
