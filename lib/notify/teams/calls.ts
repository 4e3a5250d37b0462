import { z } from 'zod';
import type { ChatUser } from '#lib/domain/chat.ts';
import type { Pressed } from '#lib/domain/chat-card.ts';
import type { Conversation } from '#lib/notify/letter-card.ts';

/** An activity of the Bot Framework, as far as Stint reads it. Who it is from is Microsoft's word, verified with the call. */
export interface TeamsActivity {
  id: string;
  serviceUrl: string;
  channelId: string;
  /** As Teams says; null: it does not. */
  tenantId: string | null;
  /** null: it is from no person. */
  user: ChatUser | null;
  /** null: not a chat of the bot with one person. */
  conversation: Conversation | null;
  act: TeamsAct;
}

export type TeamsAct =
  | {
      is: 'press';
      verb: 'approve' | 'deny' | 'refresh';
      about: Pressed;
      reason: string;
      invoked: boolean;
    }
  /** Installed, or somebody said something: the conversation is known from now on. */
  | { is: 'here'; wantsWord: boolean }
  | { is: 'gone' }
  | { is: 'nothing' };

const id = z.string().min(1).max(500);
const activity = z.looseObject({
  type: z.string().max(100),
  id: id.optional(),
  name: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  serviceUrl: z.string().max(500),
  channelId: z.string().max(100),
  from: z.looseObject({ id, name: z.string().optional(), aadObjectId: z.guid().toLowerCase().optional() }),
  recipient: z.looseObject({ id }),
  conversation: z.looseObject({
    id,
    conversationType: z.string().optional(),
    tenantId: z.string().optional(),
  }),
  channelData: z.looseObject({ tenant: z.looseObject({ id: z.string() }).optional() }).optional(),
  value: z.unknown().optional(),
});

const verbs = z.enum(['approve', 'deny', 'refresh']);
const data = z.looseObject({
  requestId: z.string().max(100),
  // A card that was written before it said so names no stage.
  stage: z.number().int().positive().nullable().catch(null),
  reason: z.string().max(5000).default(''),
});
const executed = z.looseObject({ action: z.looseObject({ verb: verbs, data }) });
const submitted = data.extend({ verb: verbs });

/** Reads an activity; null: it is none. */
export function readActivity(body: unknown): TeamsActivity | null {
  const parsed = activity.safeParse(body);
  if (!parsed.success) return null;
  const { from, recipient, conversation, serviceUrl, channelId, channelData } = parsed.data;
  const said = channelData?.tenant?.id ?? conversation.tenantId;
  // Two places that say it and differ are nobody's word.
  const agrees = !conversation.tenantId || conversation.tenantId === said;
  const tenantId = (agrees && said?.toLowerCase()) || null;
  const isPersonal = conversation.conversationType === 'personal';
  const ids = { conversationId: conversation.id, memberId: from.id, botId: recipient.id };
  return {
    ...{ id: parsed.data.id ?? '', serviceUrl, channelId, tenantId },
    user:
      tenantId && from.aadObjectId
        ? {
            ...{ chat: 'teams', workspaceId: tenantId, userId: from.aadObjectId },
            ...{ userName: shown(from.name) || from.aadObjectId, workspaceName: 'Microsoft Teams' },
          }
        : null,
    conversation: isPersonal ? { serviceUrl, ...ids } : null,
    act: actOf(parsed.data),
  };
}

function actOf({ type, name, action, value }: z.infer<typeof activity>): TeamsAct {
  if (type === 'invoke' && name === 'adaptiveCard/action') {
    const pressed = executed.safeParse(value);
    if (!pressed.success) return { is: 'nothing' };
    const { verb, data: given } = pressed.data.action;
    return { is: 'press', verb, about: aboutOf(given), reason: given.reason, invoked: true };
  }
  const isRemoved = type === 'installationUpdate' && action?.startsWith('remove');
  if (isRemoved) return { is: 'gone' };
  // An installation is told twice: only one of them is answered.
  if (type === 'conversationUpdate') return { is: 'here', wantsWord: false };
  if (type === 'installationUpdate') return { is: 'here', wantsWord: true };
  if (type !== 'message') return { is: 'nothing' };
  const sent = submitted.safeParse(value);
  if (!sent.success) return { is: 'here', wantsWord: true };
  const { verb, reason } = sent.data;
  return { is: 'press', verb, about: aboutOf(sent.data), reason, invoked: false };
}

const aboutOf = ({ requestId, stage }: z.infer<typeof data>): Pressed => ({ requestId, shownStage: stage });

function shown(name = ''): string {
  const one = name
    .toWellFormed()
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  return one.slice(0, 80);
}
