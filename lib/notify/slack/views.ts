import type { ChatCard, Pressed } from '#lib/domain/chat-card.ts';
import { longestJustification } from '#lib/domain/policy.ts';
import { actions, type Block, blocksOf, button, opens, words } from './blocks.ts';
import { within } from './mrkdwn.ts';

/** Slack takes a hundred blocks in a home; a card is at most seven, with the line above it eight. */
const mostCards = 12;
const title = (text: string) => ({ type: 'plain_text', text: within(24, text), emoji: false });

/** Where the reason stands in what Slack sends back, and where a fault is shown. */
export const reasonBlock = 'reason';

/** Asks why somebody denies. `about` comes back with the answer; it is no proof of anything. */
export function denyView(about: Pressed): object {
  return {
    ...{ type: 'modal', callback_id: 'deny', title: title('Deny'), private_metadata: JSON.stringify(about) },
    submit: title('Deny'),
    close: title('Back'),
    blocks: [
      {
        type: 'input',
        block_id: reasonBlock,
        label: { type: 'plain_text', text: 'Why?', emoji: false },
        hint: { type: 'plain_text', text: 'The person reads this.', emoji: false },
        element: {
          ...{ type: 'plain_text_input', action_id: 'text', multiline: true },
          ...{ min_length: 1, max_length: longestJustification },
        },
      },
    ],
  };
}

/** Where the digits stand that link an account. */
export const digitsBlock = 'digits';

/** How an account is linked: the way into Stint, and where to type what Stint shows there. */
export function linkView(text: string, way: Way | null): object {
  return {
    ...{ type: 'modal', callback_id: 'link', title: title('Link this account') },
    submit: title('Link'),
    close: title('Close'),
    blocks: [
      ...note(text, way),
      {
        type: 'input',
        block_id: digitsBlock,
        label: { type: 'plain_text', text: 'The six digits that Stint shows you', emoji: false },
        hint: { type: 'plain_text', text: 'Never any that somebody else gave you.', emoji: false },
        element: { type: 'plain_text_input', action_id: 'text', min_length: 6, max_length: 10 },
      },
    ],
  };
}

/** Says something to one person alone, with a way into Stint where there is one. */
export function noteView(text: string, way: Way | null): object {
  return {
    type: 'modal',
    callback_id: 'note',
    title: title('Stint'),
    close: title('Close'),
    blocks: note(text, way),
  };
}

export interface Way {
  text: string;
  url: string;
}

export function note(text: string, way: Way | null): Block[] {
  return [words(text), ...(way ? [actions([opens(way.text, way.url)])] : [])];
}

/** What waits for somebody, as the app's home. null: their account is not linked. */
export function homeView(cards: readonly ChatCard[] | null, origin: string): object {
  return { type: 'home', blocks: homeBlocks(cards, origin) };
}

function homeBlocks(cards: readonly ChatCard[] | null, origin: string): Block[] {
  if (!cards) {
    const text = 'Link this account to yours in Stint, and requests that wait for you come here.';
    return [words(text), actions([button('link', 'Link this account')])];
  }
  const all = opens('Approvals in Stint', `${origin}/approvals`);
  if (cards.length === 0) return [words('Nothing waits for you.'), actions([all])];
  const more = cards.length - mostCards;
  const said = cards.length === 1 ? 'One request waits for you.' : `${cards.length} requests wait for you.`;
  return [
    words(said),
    ...cards.slice(0, mostCards).flatMap((card) => [{ type: 'divider' }, ...blocksOf(card, origin)]),
    ...(more > 0 ? [words(`And ${more} more in Stint.`)] : []),
    { type: 'divider' },
    actions([all]),
  ];
}
