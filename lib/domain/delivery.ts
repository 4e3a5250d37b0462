import type { LetterKind } from './letter.ts';
import { hour, minute } from './time.ts';
import { onWall, whenWallShows } from './wall-time.ts';

/** Ways by which a letter reaches a person. */
export const personalChannels = ['mail', 'slack', 'teams'] as const;
export type PersonalChannel = (typeof personalChannels)[number];
/** `webhook` carries what happened to other programs, and no letters. */
export const channelNames = [...personalChannels, 'webhook'] as const;
export type ChannelName = (typeof channelNames)[number];

/** dead: given up; somebody may try again. skipped: not worth sending any more. */
export const deliveryStates = ['waiting', 'sent', 'failed', 'dead', 'skipped'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** What people choose by: letters of one group go the same ways. */
export const letterGroups = ['to_decide', 'talk', 'outcome', 'administration'] as const;
export type LetterGroup = (typeof letterGroups)[number];

const groups: Record<LetterKind, LetterGroup> = {
  ...{ asked_to_sign: 'to_decide', reminder: 'to_decide', escalated: 'to_decide', nudge: 'to_decide' },
  ...{
    handed_over: 'to_decide',
    pim_asks_too: 'to_decide',
    question: 'talk',
    answer: 'talk',
    offer: 'talk',
    offer_answered: 'talk',
  },
  ...{ approved: 'outcome', denied: 'outcome', lapsed: 'outcome', closed: 'outcome' },
  ...{ start_soon: 'outcome', ticket_closed: 'outcome', ticket_not_ended: 'outcome', test: 'outcome' },
  ...{ signature_refused: 'outcome', workload_ends: 'administration' },
  ...{ nobody_can_sign: 'administration', bypassed: 'administration', bypass_ended: 'administration' },
  ...{ bypass_not_ended: 'administration', given_in_freeze: 'administration', chat_linked: 'administration' },
  ...{ asked_to_review: 'to_decide', review_reminder: 'to_decide', review_handed_on: 'to_decide' },
  ...{ absence_set: 'administration', absence_ended: 'administration' },
};

export function groupOf(kind: LetterKind): LetterGroup {
  return groups[kind];
}

/** Somebody waits for the reader, or access is about to end. */
export function isUrgent(kind: LetterKind): boolean {
  return (
    ['asked_to_sign', 'escalated', 'handed_over', 'ticket_closed', 'ticket_not_ended'] as LetterKind[]
  ).includes(kind);
}

/** Asks for a decision, and is no news any more once there is one. */
export function asksForDecision(kind: LetterKind): boolean {
  return groups[kind] === 'to_decide';
}

/** How a person wants to be told. Times are on the wall of `zone`, as `HH:MM`. */
export interface Preferences {
  sends: Record<LetterGroup, Record<PersonalChannel | 'browser', boolean>>;
  /** An IANA name. */
  zone: string;
  /** Mail that is not urgent waits and comes as one. `day` is 1 for Monday, 7 for Sunday. */
  digest: { every: 'never' | 'day' | 'week'; at: string; day: number };
  /** `until` before `from` is past midnight; null: there are none. */
  quiet: { from: string; until: string } | null;
  /** What is urgent waits for neither. */
  urgentPasses: boolean;
}

/** Each a record of its own: a form sends them back, and one that stands twice would go as a reference. */
const usually = () => ({ mail: true, slack: true, teams: true, browser: false });
export const usualPreferences: Preferences = {
  sends: { to_decide: usually(), talk: usually(), outcome: usually(), administration: usually() },
  zone: 'UTC',
  digest: { every: 'never', at: '08:00', day: 1 },
  quiet: null,
  urgentPasses: true,
};

/** When a letter of this kind goes out by a channel, and whether with others as one; null: it does not. */
export function planOf(
  kind: LetterKind,
  channel: PersonalChannel,
  wanted: Preferences,
  now: Date,
): { dueAt: Date; isHeld: boolean } | null {
  // Who asks for a test wants to see it now, by every way there is; whoever did not link an account has to.
  if (kind === 'test' || kind === 'chat_linked') return { dueAt: now, isHeld: false };
  if (!wanted.sends[groupOf(kind)][channel]) return null;
  if (isUrgent(kind) && wanted.urgentPasses) return { dueAt: now, isHeld: false };
  const together = channel === 'mail' ? nextDigest(wanted, now) : null;
  const from = together ?? now;
  const dueAt = quietUntil(wanted, from) ?? from;
  return { dueAt, isHeld: channel === 'mail' && dueAt > now };
}

const day = 24 * hour;
const startOfDay = (wall: number) => Math.floor(wall / day) * day;

/** `HH:MM` as milliseconds since midnight. */
function sinceMidnight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * hour + minutes * minute;
}

/** The end of the quiet hours that a moment is in; null: it is in none. */
export function quietUntil({ quiet, zone }: Pick<Preferences, 'quiet' | 'zone'>, moment: Date): Date | null {
  if (!quiet || quiet.from === quiet.until) return null;
  const wall = onWall(moment, zone);
  const today = startOfDay(wall);
  const [from, until] = [sinceMidnight(quiet.from), sinceMidnight(quiet.until)];
  const at = wall - today;
  if (from < until) return at >= from && at < until ? whenWallShows(today + until, zone) : null;
  if (at >= from) return whenWallShows(today + day + until, zone);
  return at < until ? whenWallShows(today + until, zone) : null;
}

/** The next time that held mail goes out; null: none is held. */
export function nextDigest({ digest, zone }: Pick<Preferences, 'digest' | 'zone'>, now: Date): Date | null {
  if (digest.every === 'never') return null;
  const wall = onWall(now, zone);
  for (let ahead = 0; ahead <= 8; ahead++) {
    const at = startOfDay(wall) + ahead * day + sinceMidnight(digest.at);
    const weekday = ((new Date(at).getUTCDay() + 6) % 7) + 1;
    if (at > wall && (digest.every === 'day' || weekday === digest.day)) return whenWallShows(at, zone);
  }
  return null;
}

const seconds = { minute: 60, hour: 3600 };
/** Seconds between tries, as Standard Webhooks has them; people are told sooner, or it is no news any more. */
const waits: Record<'webhook' | 'person', readonly number[]> = {
  webhook: [
    5,
    5 * seconds.minute,
    30 * seconds.minute,
    ...[2, 5, 10, 24].map((hours) => hours * seconds.hour),
  ],
  person: [
    5,
    30,
    2 * seconds.minute,
    10 * seconds.minute,
    30 * seconds.minute,
    2 * seconds.hour,
    6 * seconds.hour,
  ],
};

/** In how many seconds what failed so many times is tried again; null: it is given up. */
export function waitAfter(channel: ChannelName, tries: number): number | null {
  return waits[channel === 'webhook' ? 'webhook' : 'person'][tries - 1] ?? null;
}
