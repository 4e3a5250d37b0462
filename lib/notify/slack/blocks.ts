import type { ChatCard } from '#lib/domain/chat-card.ts';
import { buttonValue } from './button-value.ts';
import { escaped, onOneLine, quoted, within } from './mrkdwn.ts';

/** A block of Slack's Block Kit; its own documentation says what each may hold. */
export type Block = Record<string, unknown>;

/** Block Kit's own limits, in characters. */
const longest = { section: 3000, field: 2000, context: 2000, button: 75, fallback: 3000 };
/** A request as Slack shows it, at most so many facts. */
const mostFacts = 10;

/** Nothing in people's text is linked or mentioned: escaped, and not looked at again. */
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });
const plain = (most: number, text: string) => ({
  type: 'plain_text',
  text: within(most, text),
  emoji: false,
});

/** A card as blocks; `origin` is Stint's own. */
export function blocksOf(card: ChatCard, origin: string): Block[] {
  const { facts, reason, risks, says } = card;
  const blocks: Block[] = [section(within(longest.section, `*${onOneLine(card.title)}*`))];
  if (says.length > 0) blocks.push(section(within(longest.section, says.map(onOneLine).join('\n'))));
  if (facts.length > 0) {
    const fields = facts.slice(0, mostFacts).map(({ name, text }) => {
      return mrkdwn(within(longest.field, `*${onOneLine(name)}*\n${onOneLine(text)}`));
    });
    blocks.push({ type: 'section', fields });
  }
  if (reason) blocks.push(section(within(longest.section, quoted(reason))));
  if (risks.length > 0) blocks.push(context(`:warning: ${risks.map(onOneLine).join(' · ')}`));
  return [...blocks, ...standingOf(card, origin)];
}

/** What is read out and shown in notifications in place of the blocks. */
export function fallbackOf({ title, standing }: ChatCard): string {
  const says = standing.is === 'over' ? `: ${standing.says}` : '';
  return within(longest.fallback, onOneLine(`${title}${says}`));
}

function standingOf({ standing, requestId, title, path, button }: ChatCard, origin: string): Block[] {
  const url = `${origin}${path}`;
  if (standing.is === 'over')
    return [context(onOneLine(standing.says)), actions([opens('Open in Stint', url)])];
  if (standing.is === 'news' || !requestId) return [actions([opens(button, url)])];
  if (standing.is === 'portal')
    return [context(onOneLine(standing.why)), actions([opens('Open in Stint', url)])];
  const value = buttonValue({ requestId, shownStage: standing.stage });
  const approve = {
    ...{ type: 'button', action_id: 'approve', value, style: 'primary' },
    text: plain(longest.button, 'Approve'),
    confirm: {
      title: plain(100, 'Approve this?'),
      text: plain(300, bare(title)),
      confirm: plain(30, 'Approve'),
      deny: plain(30, 'Not yet'),
    },
  };
  const deny = {
    ...{ type: 'button', action_id: 'deny', value },
    text: plain(longest.button, 'Deny…'),
  };
  return [actions([approve, deny, opens('Open in Stint', url)])];
}

/** Plain text knows no escapes: what could be taken for markup is written otherwise. */
const bare = (text: string) => text.replaceAll(/\s+/g, ' ').replaceAll('<', '‹').replaceAll('>', '›');

export const section = (text: string): Block => ({ type: 'section', text: mrkdwn(text) });

export const context = (text: string): Block => ({
  type: 'context',
  elements: [mrkdwn(within(longest.context, text))],
});

export const actions = (elements: object[]): Block => ({ type: 'actions', elements });

/** A button that only leads somewhere. */
export const opens = (text: string, url: string) => ({
  ...{ type: 'button', action_id: 'open', url },
  text: plain(longest.button, text),
});

export const button = (actionId: string, text: string) => ({
  ...{ type: 'button', action_id: actionId },
  text: plain(longest.button, text),
});

export const words = (text: string): Block => section(within(longest.section, escaped(text)));
