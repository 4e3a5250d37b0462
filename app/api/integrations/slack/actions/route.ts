import { linkByDigits } from '#app/api/integrations/link-by-digits.ts';
import { type ChatNo, linkOffer, notLinked, signInChat } from '#app/api/integrations/sign-in-chat.ts';
import { answer, hearSlack } from '#app/api/integrations/slack/hear.ts';
import { chatActor } from '#lib/auth/chat-actor.ts';
import { traceOf } from '#lib/auth/trace.ts';
import { log } from '#lib/log.ts';
import { readAction, type SlackAct } from '#lib/notify/slack/calls.ts';
import type { Slack } from '#lib/notify/slack/live.ts';
import { denyView, digitsBlock, linkView, note, noteView, reasonBlock } from '#lib/notify/slack/views.ts';
import { askHome } from '#lib/operations/chat/ask-home.ts';
import { noteChat } from '#lib/operations/chat/note-chat.ts';

const door = 'POST /api/integrations/slack/actions';
/** Slack waits three seconds for its answer, and a trigger opens a view for as long. */
const withinMs = 2_000;

type Press = Extract<SlackAct, { is: 'press' }>;

/**
 * Slack's buttons and modals. Answered at once: what is decided is written down and looked at by a job, which brings the
 * message up to date; only what is said to the one who clicked is called out here.
 */
export async function POST(request: Request): Promise<Response> {
  return hearSlack(request, door, readAction, async (act, slack) => {
    if (act.is === 'press') return press(request, act, slack);
    if (act.is === 'digits') return link(request, act);
    if (act.is !== 'deny') return answer(200);
    const { reason, user, about } = act;
    const no = await signInChat(request, door, user, { ...about, approve: false, reason });
    if (!no) {
      await askHome(user.workspaceId, user.userId, traceOf(request.headers));
      return answer(200);
    }
    return answer(200, { response_action: 'errors', errors: { [reasonBlock]: no.text } });
  });
}

async function press(request: Request, act: Press, slack: Slack): Promise<Response> {
  const { button, about, user } = act;
  if (button === 'approve') {
    const no = await signInChat(request, door, user, { ...about, approve: true, reason: '' });
    if (no) await (no.code === 'not_linked' ? offer(slack, act, no) : whisper(slack, act, no));
    await askHome(user.workspaceId, user.userId, traceOf(request.headers));
  } else if (button === 'link') {
    await offer(slack, act, await linkOffer(user));
  } else if (await chatActor(user)) {
    // Nothing is decided yet: the reason is judged with all the rest when it comes.
    await said(slack.api('views.open', { trigger_id: act.triggerId, view: denyView(about) }, withinMs));
  } else {
    await offer(slack, act, await notLinked(request.headers, door, user));
  }
  return answer(200);
}

/** The digits of a claim, typed by the account that asked for its link. */
async function link({ headers }: Request, { digits, user }: Extract<SlackAct, { is: 'digits' }>) {
  const said = await linkByDigits(headers, door, user, digits);
  if (!said.linked) return answer(200, { response_action: 'errors', errors: { [digitsBlock]: said.why } });
  await askHome(user.workspaceId, user.userId, traceOf(headers));
  const text = `This account is linked to ${said.personName} in Stint.`;
  return answer(200, { response_action: 'update', view: noteView(text, null) });
}

/** How this account is linked, in a view that only who clicked can see, and that takes the digits. */
async function offer({ api }: Slack, { triggerId }: Press, { text, way }: Pick<ChatNo, 'text' | 'way'>) {
  await said(api('views.open', { trigger_id: triggerId, view: linkView(text, way) }, withinMs));
}

/** Says something that only who clicked can see. */
async function whisper(
  { api }: Slack,
  act: Press,
  { text, way }: Pick<ChatNo, 'text' | 'way'>,
): Promise<void> {
  const { channel, triggerId, user } = act;
  const call = channel
    ? api('chat.postEphemeral', { channel, user: user.userId, text, blocks: note(text, way) }, withinMs)
    : api('views.open', { trigger_id: triggerId, view: noteView(text, way) }, withinMs);
  await said(call);
}

/** Who does not hear it sees the card as it is now; Slack is answered all the same. */
async function said(call: Promise<unknown>): Promise<void> {
  try {
    await call;
    await noteChat('slack', { answeredAt: new Date() });
  } catch (error) {
    log.warn({ err: error }, 'slack did not take a word');
    await noteChat('slack', { failedAt: new Date(), failure: error instanceof Error ? error.message : '' });
  }
}
