import type { ChatCard } from '#lib/domain/chat-card.ts';
import { longestJustification } from '#lib/domain/policy.ts';

type Element = Record<string, unknown>;

/** An Adaptive Card 1.4, which knows universal actions (Action.Execute). */
export type AdaptiveCard = ReturnType<typeof adaptiveCard>;

const longestText = 3000;
/** So many people a card is refreshed for by itself; Teams takes no more. */
const mostRefreshed = 5;

/**
 * A card for Teams; `origin` is Stint's own, `memberIds` whom it is brought up to date for when they open it. People's
 * text stands in text runs, which know no markup: nothing of it is a link.
 */
export function adaptiveCard(card: ChatCard, origin: string, memberIds: readonly string[]) {
  const { facts, reason, requestId, risks, says, title } = card;
  const data = { requestId, ...(card.standing.is === 'open' && { stage: card.standing.stage }) };
  const refresh = {
    action: { type: 'Action.Execute', title: 'Refresh', verb: 'refresh', data },
    userIds: memberIds.slice(0, mostRefreshed),
  };
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.4',
    fallbackText: cut(title),
    ...(requestId && card.standing.is !== 'news' && { refresh }),
    body: [
      run([{ text: title, weight: 'Bolder', size: 'Medium' }]),
      ...says.map((text) => run([{ text }])),
      ...facts.map(({ name, text }) => run([{ text: `${name}  `, isSubtle: true }, { text }])),
      ...(reason ? [{ type: 'Container', style: 'emphasis', items: [run([{ text: reason }])] }] : []),
      ...(risks.length > 0 ? [run([{ text: `⚠ ${risks.join(' · ')}`, color: 'Warning' }])] : []),
      ...standingOf(card, `${origin}${card.path}`, data),
    ],
  };
}

/** A card that says one thing, with a way into Stint where there is one. */
export function noteCard(text: string, way: { text: string; url: string } | null): AdaptiveCard {
  const body = [run([{ text }]), ...(way ? [actions([opens(way.text, way.url)])] : [])];
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.4',
    fallbackText: cut(text),
    body,
  };
}

function standingOf({ standing, requestId, button }: ChatCard, url: string, data: object): Element[] {
  if (standing.is === 'over') return [run([{ text: standing.says }]), actions([opens('Open in Stint', url)])];
  if (standing.is === 'portal')
    return [run([{ text: standing.why, isSubtle: true }]), actions([opens('Open in Stint', url)])];
  if (standing.is === 'news' || !requestId) return [actions([opens(button, url)])];
  const reason = {
    ...{ type: 'Input.Text', id: 'reason', isMultiline: true, maxLength: longestJustification },
    label: 'Reason (needed to deny; the person reads it)',
  };
  return [
    reason,
    actions([
      { ...execute('Approve', 'approve', data), style: 'positive' },
      { ...execute('Deny', 'deny', data), style: 'destructive' },
      opens('Open in Stint', url),
    ]),
  ];
}

/** Older clients know only Action.Submit, which sends the same as a message. */
function execute(title: string, verb: string, data: object): Element {
  return {
    ...{ type: 'Action.Execute', title, verb, data },
    fallback: { type: 'Action.Submit', title, data: { ...data, verb } },
  };
}

const opens = (title: string, url: string): Element => ({ type: 'Action.OpenUrl', title, url });
const actions = (all: Element[]): Element => ({ type: 'ActionSet', actions: all });

interface Run {
  text: string;
  weight?: 'Bolder';
  size?: 'Medium';
  color?: 'Warning';
  isSubtle?: true;
}

const run = (inlines: Run[]): Element => ({
  type: 'RichTextBlock',
  inlines: inlines.map((one) => ({ type: 'TextRun', ...one, text: cut(one.text) })),
});

const cut = (text: string) =>
  text.length > longestText ? `${text.slice(0, longestText - 1).toWellFormed()}…` : text;
