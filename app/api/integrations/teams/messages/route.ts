import { connection } from 'next/server';
import { boundedBody } from '#app/api/integrations/bounded-body.ts';
import { NotHeard } from '#app/api/integrations/not-heard.ts';
import { answerActivity } from '#app/api/integrations/teams/answer-activity.ts';
import { admit } from '#lib/auth/admit.ts';
import { hashedAddress } from '#lib/auth/client-address.ts';
import { takeOne } from '#lib/auth/rate.ts';
import { refusalOf } from '#lib/auth/refusal-of.ts';
import { refused } from '#lib/auth/refused.ts';
import { TooFast } from '#lib/domain/refusal.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import { BotTokenRefused } from '#lib/notify/teams/bot-token.ts';
import { readActivity, type TeamsActivity } from '#lib/notify/teams/calls.ts';
import { liveTeams, type Teams } from '#lib/notify/teams/live.ts';
import { noteHeard, noteRefused } from '#lib/operations/chat/note-chat.ts';

const door = 'POST /api/integrations/teams/messages';
const mostBytes = 256 * 1024;

/**
 * The bot of Microsoft Teams. Every call shows a token of the Bot Framework for this bot and this conversation's service,
 * comes from Teams itself, where who it is from is Entra's word, and from the configured tenant. Every no is on record.
 */
export async function POST(request: Request): Promise<Response> {
  await connection();
  const teams = liveTeams();
  if (!teams) return new Response('Not found.', { status: 404 });
  const { headers } = request;
  const no = async (status: number, code: string, subject: string | null = null) => {
    await refused(headers, null, { door, code, subject });
    await noteRefused('teams', code, new Date());
    return new Response('Refused.', { status, headers: { 'cache-control': 'no-store' } });
  };
  let activity: TeamsActivity;
  try {
    activity = await admit('chat', hashedAddress(headers), () => verified(request, teams), callerOf);
  } catch (error) {
    if (error instanceof NotHeard) return no(error.status, error.code, error.subject);
    if (error instanceof TooFast)
      return new Response('Too many.', { status: 429, headers: { 'cache-control': 'no-store' } });
    throw error;
  }
  try {
    await noteHeard('teams', new Date());
    takeOne('write', `teams ${activity.user?.userId}`);
    return await answerActivity(request, door, activity, teams);
  } catch (error) {
    const foreseen = refusalOf(error);
    if (!foreseen) throw error;
    return no(foreseen.code === 'too_fast' ? 429 : 503, foreseen.code);
  }
}

/** An activity that Microsoft itself sent from this tenant's Teams. Without a token the body is not read. @throws NotHeard */
async function verified(request: Request, teams: Teams): Promise<TeamsActivity> {
  const authorization = request.headers.get('authorization');
  if (!authorization) throw new NotHeard(403, 'token_refused', 'no token');
  const raw = await boundedBody(request, mostBytes);
  if (!raw) throw new NotHeard(413, 'too_large');
  const activity = readActivity(json(raw.toString('utf8')));
  // Without an activity there is nothing a token could be for.
  if (!activity) throw new NotHeard(403, 'token_refused', 'no activity');
  try {
    await teams.verify(authorization, activity);
  } catch (error) {
    if (error instanceof BotTokenRefused) throw new NotHeard(403, 'token_refused', error.message);
    if (error instanceof NotifyFault) throw new NotHeard(403, 'service_refused');
    throw error;
  }
  const other = strangeness(activity, teams.tenantId);
  if (other) throw new NotHeard(403, other);
  return activity;
}

/** Each account has a minute of its own, and what is nobody's act is the bot service's. */
const callerOf = ({ user }: TeamsActivity) => `teams ${user?.userId ?? ''}`;

/** In other channels of the Bot Framework (Direct Line, web chat) a client says for itself who it is. */
function strangeness({ channelId, tenantId }: TeamsActivity, own: string): string | null {
  if (channelId !== 'msteams') return 'other_channel';
  return tenantId === own ? null : 'other_tenant';
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
