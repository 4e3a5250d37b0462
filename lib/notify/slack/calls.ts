import { z } from 'zod';
import type { ChatUser } from '#lib/domain/chat.ts';
import type { Pressed } from '#lib/domain/chat-card.ts';
import { readValue } from './button-value.ts';
import { digitsBlock, reasonBlock } from './views.ts';

/** What somebody did in Slack, of what Stint knows. Who they are is Slack's word, and verified with the call. */
export type SlackAct =
  | {
      is: 'press';
      button: 'approve' | 'deny' | 'link';
      about: Pressed;
      triggerId: string;
      /** null: in the app's home. */
      channel: string | null;
      user: ChatUser;
    }
  | { is: 'deny'; about: Pressed; reason: string; user: ChatUser }
  | { is: 'digits'; digits: string; user: ChatUser }
  | { is: 'home'; eventId: string; user: ChatUser }
  | { is: 'challenge'; challenge: string }
  | { is: 'nothing' };

const id = z.string().min(1).max(50);
const person = z.looseObject({ id, name: z.string().optional(), username: z.string().optional() });
const team = z.looseObject({ id, domain: z.string().optional() });

const press = z.looseObject({
  type: z.literal('block_actions'),
  user: person,
  team,
  trigger_id: z.string().max(300),
  channel: z.looseObject({ id }).optional(),
  actions: z
    .array(z.looseObject({ action_id: z.string().max(255), value: z.string().max(2000).default('') }))
    .min(1)
    .max(25),
});

const submission = z.looseObject({
  type: z.literal('view_submission'),
  user: person,
  team,
  view: z.looseObject({
    callback_id: z.literal('deny'),
    private_metadata: z.string().max(3000),
    state: z.looseObject({
      values: z.object({
        [reasonBlock]: z.record(z.string(), z.looseObject({ value: z.string().max(3000).nullable() })),
      }),
    }),
  }),
});

const typedDigits = z.looseObject({
  type: z.literal('view_submission'),
  user: person,
  team,
  view: z.looseObject({
    callback_id: z.literal('link'),
    state: z.looseObject({
      values: z.object({
        [digitsBlock]: z.record(z.string(), z.looseObject({ value: z.string().max(100).nullable() })),
      }),
    }),
  }),
});

const buttons = ['approve', 'deny', 'link'] as const;
const metadata = z.object({
  requestId: z.string().max(100),
  shownStage: z.number().int().positive().nullable().default(null),
});

/** A call of Slack's interactivity: a form whose field `payload` is JSON. What is not Stint's is nothing. */
export function readAction(body: string): SlackAct {
  const payload = json(new URLSearchParams(body).get('payload') ?? '');
  const pressed = press.safeParse(payload);
  if (pressed.success) {
    const { actions, channel, trigger_id: triggerId } = pressed.data;
    const button = buttons.find((one) => one === actions[0]?.action_id);
    if (!button) return { is: 'nothing' };
    const about = readValue(actions[0]?.value ?? '');
    const user = userOf(pressed.data.user, pressed.data.team);
    return { is: 'press', button, about, triggerId, channel: channel?.id ?? null, user };
  }
  const linking = typedDigits.safeParse(payload);
  if (linking.success) {
    const [typed] = Object.values(linking.data.view.state.values[digitsBlock] ?? {});
    const digits = (typed?.value ?? '').replaceAll(/\s/g, '');
    return { is: 'digits', digits, user: userOf(linking.data.user, linking.data.team) };
  }
  const submitted = submission.safeParse(payload);
  if (!submitted.success) return { is: 'nothing' };
  const { user, team: workspace, view } = submitted.data;
  const about = metadata.safeParse(json(view.private_metadata));
  if (!about.success) return { is: 'nothing' };
  const [text] = Object.values(view.state.values[reasonBlock] ?? {});
  return {
    ...{ is: 'deny', about: about.data, reason: text?.value ?? '' },
    user: userOf(user, workspace),
  };
}

const opened = z.looseObject({
  type: z.literal('event_callback'),
  team_id: id,
  event_id: id,
  event: z.looseObject({ type: z.literal('app_home_opened'), user: id, tab: z.string().default('home') }),
});
const challenge = z.looseObject({ type: z.literal('url_verification'), challenge: z.string().max(1000) });

/** A call of Slack's Events API, JSON. */
export function readEvent(body: string): SlackAct {
  const payload = json(body);
  const asked = challenge.safeParse(payload);
  if (asked.success) return { is: 'challenge', challenge: asked.data.challenge };
  const home = opened.safeParse(payload);
  if (!home.success || home.data.event.tab !== 'home') return { is: 'nothing' };
  const { event, event_id: eventId, team_id: teamId } = home.data;
  return { is: 'home', eventId, user: userOf({ id: event.user }, { id: teamId }) };
}

function userOf(
  { id: userId, name, username }: z.infer<typeof person>,
  { id: workspaceId, domain }: z.infer<typeof team>,
): ChatUser {
  return {
    ...{ chat: 'slack', workspaceId, userId },
    userName: shown(username ?? name, userId),
    workspaceName: shown(domain, workspaceId),
  };
}

/** A name as the chat gave it, for the eye. */
function shown(name: string | undefined, otherwise: string): string {
  const one = (name ?? '')
    .toWellFormed()
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  return one.slice(0, 80) || otherwise;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
