import type { LetterFacts, LetterKind } from './letter.ts';
import { closedGraceMinutes } from './ticket-hold.ts';
import { inWords } from './time.ts';

/** A letter in words. Plain text throughout: every channel escapes for itself. */
export interface LetterWords {
  subject: string;
  /** What it says, a sentence or a fact a line. */
  lines: string[];
  /** Where it leads, as a path of Stint, and what that is called. */
  path: string;
  button: string;
}

interface Worded {
  subject: string;
  says: string;
  button: string;
}

type Words = (facts: LetterFacts & { what: string; who: string; by: string; review: string }) => Worded;

const decide = 'Look and decide';
const see = 'See the request';
const review = 'See what is yours';
/** `3 items`. */
const items = (count = 1) => (count === 1 ? '1 item' : `${count.toLocaleString('en-GB')} items`);
const words: Record<LetterKind, Words> = {
  asked_to_sign: ({ what, who }) => ({
    subject: `${who} asks for ${what}`,
    says: 'You may decide it.',
    button: decide,
  }),
  reminder: ({ what, who }) => ({
    subject: `Still waiting: ${who} asks for ${what}`,
    says: 'Nobody has decided it yet, and you may.',
    button: decide,
  }),
  escalated: ({ what, who }) => ({
    subject: `Escalated to you: ${who} asks for ${what}`,
    says: 'Who was asked first has not decided. You may by now.',
    button: decide,
  }),
  nudge: ({ what, who }) => ({
    subject: `${who} asks again: ${what}`,
    says: 'They are still waiting for a decision.',
    button: decide,
  }),
  handed_over: ({ what, who, by }) => ({
    subject: `${by} hands over to you: ${who} asks for ${what}`,
    says: 'You may decide it in their place.',
    button: decide,
  }),
  question: ({ what, by }) => ({
    subject: `${by} asks about your request for ${what}`,
    says: 'Your answer goes into the request.',
    button: 'Answer',
  }),
  answer: ({ what, by }) => ({
    subject: `${by} answered about ${what}`,
    says: 'Your question was answered.',
    button: see,
  }),
  offer: ({ what, by }) => ({
    subject: `${by} offers less than you asked for: ${what}`,
    says: 'Accept it with one click, or leave your request as it is.',
    button: 'See the offer',
  }),
  offer_answered: ({ what, by }) => ({
    subject: `${by} answered your offer: ${what}`,
    says: 'See in the request what holds now.',
    button: see,
  }),
  approved: ({ what, isGranted }) => ({
    subject: `Approved: ${what}`,
    says: isGranted
      ? 'Azure gives it to you now, or at the start you asked for.'
      : 'The time begins when you start it.',
    button: isGranted ? see : 'Start it',
  }),
  denied: ({ what, byName }) => ({
    subject: `Denied: ${what}`,
    says: byName ? `${byName} said no.` : 'An approver said no.',
    button: see,
  }),
  lapsed: ({ what }) => ({
    subject: `Lapsed: ${what}`,
    says: 'Its time ran out. Ask again if it is still needed.',
    button: see,
  }),
  closed: ({ what }) => ({
    subject: `Closed: ${what}`,
    says: 'There is nothing to decide any more.',
    button: see,
  }),
  start_soon: ({ what }) => ({
    subject: `Start it soon: ${what}`,
    says: 'The approval is over if it is not started in time.',
    button: 'Start it',
  }),
  pim_asks_too: ({ what, who }) => ({
    subject: `PIM asks you too: ${who} asks for ${what}`,
    says: 'You signed it in Stint; PIM itself still waits for your approval.',
    button: decide,
  }),
  signature_refused: ({ what, who }) => ({
    subject: `Your decision did not count: ${who} asks for ${what}`,
    says: 'The request goes on without it.',
    button: see,
  }),
  nobody_can_sign: ({ what, who }) => ({
    subject: `Nobody can sign: ${who} asks for ${what}`,
    says: 'Nobody of those the policy names can decide this. It is not approved by itself: somebody has to look.',
    button: see,
  }),
  bypassed: ({ what, who }) => ({
    subject: `Activated past Stint’s stages: ${what}`,
    says: `${who} activated it in another client, without the signatures that Stint’s policy asks for.`,
    button: see,
  }),
  bypass_ended: ({ what, wasGone }) => ({
    subject: `${wasGone ? 'Over' : 'Ended'}: ${what}`,
    says: wasGone
      ? 'It had been activated past Stint’s approval, and was over before the Applier came to end it.'
      : 'It had been activated past Stint’s approval. The Applier took it away, and Azure shows it gone.',
    button: see,
  }),
  bypass_not_ended: ({ what, who }) => ({
    subject: `Not ended: ${what}`,
    says: `${who} activated it past Stint’s approval, and the Applier cannot end it. Somebody has to.`,
    button: see,
  }),
  given_in_freeze: ({ what, who }) => ({
    subject: `Approved in a freeze: ${what}`,
    says: `PIM’s own approver gave it to ${who} in another client, where no freeze of Stint’s reaches. Stint does not end what PIM’s approver gave: somebody has to look.`,
    button: see,
  }),
  absence_set: ({ by, deputyName }) => ({
    subject: `${by} wrote down that you are away`,
    says: `In that time you are not asked to sign${deputyName ? `; ${deputyName} signs for you` : ''}. If that is wrong, end it there.`,
    button: 'See your absences',
  }),
  absence_ended: ({ by }) => ({
    subject: `${by} ended your absence`,
    says: 'From now on you are asked to sign again, and nobody signs for you.',
    button: 'See your absences',
  }),
  asked_to_review: ({ review: name, count }) => ({
    subject: `A review asks you: ${name}`,
    says: `Say of ${items(count)} whether the access stays. What nobody submits by the close, the review’s own rule settles.`,
    button: review,
  }),
  review_reminder: ({ review: name, count }) => ({
    subject: `Still to review: ${name}`,
    says: `Of yours ${items(count)} are not submitted yet. At the close the review’s own rule settles them.`,
    button: review,
  }),
  review_handed_on: ({ review: name, by, count }) => ({
    subject: `${by} hands on to you: ${name}`,
    says: `Say of ${items(count)} whether the access stays, in their place.`,
    button: review,
  }),
  workload_ends: ({ what, holderName }) => ({
    subject: `Ends soon: ${holderName} has ${what}`,
    says: 'You answer for this workload. If it still needs the role, have its end moved before then: afterwards it is refused.',
    button: 'See what Stint told you',
  }),
  ticket_closed: ({ what, who, isEnding, ticketNumber }) => ({
    subject: `${ticketNumber ?? 'The ticket'} is closed: ${who} has ${what}`,
    says: isEnding
      ? `Still closed in ${closedGraceMinutes} minutes, it ends the access. Opened again before that, it keeps it.`
      : 'Stint cannot end this access by itself: who has it can, with “End now” on the request.',
    button: see,
  }),
  ticket_not_ended: ({ what, who }) => ({
    subject: `Not ended: ${who} has ${what}, and its ticket is closed`,
    says: 'The Applier cannot end it. Who has it can, with “End now” on the request.',
    button: see,
  }),
  chat_linked: ({ by }) => ({
    subject: `Linked to you: ${by}`,
    says: 'It signs approvals in your name from now on. If that was not you, unlink it, and tell who runs Stint.',
    button: 'See your chat accounts',
  }),
  test: () => ({
    subject: 'A test letter',
    says: 'Letters from Stint reach you here.',
    button: 'Open Stint',
  }),
};

/** Of these the text is Stint's own: nobody is quoted. */
const ownWords: ReadonlySet<LetterKind> = new Set([
  ...(['lapsed', 'closed', 'start_soon', 'nobody_can_sign', 'bypassed', 'bypass_not_ended'] as const),
  'ticket_not_ended',
]);

/** What is named in place of a stage. */
const stageNames: Partial<Record<LetterKind, string>> = { bypassed: 'Rule', given_in_freeze: 'Freeze' };

/** What a letter says, from its facts as they were when it was written. */
export function wordsOf({
  kind,
  facts,
  requestId,
}: {
  kind: LetterKind;
  facts: LetterFacts;
  requestId: string | null;
}): LetterWords {
  const { roleName, scopeName, requesterName, byName, minutes, ticketNumber, stage, from, until } = facts;
  const what = roleName ? [roleName, scopeName].filter(Boolean).join(' on ') : 'a role';
  const { subject, says, button } = words[kind]({
    ...facts,
    what,
    who: requesterName ?? 'Somebody',
    by: byName ?? 'Somebody',
    review: facts.campaignName ?? 'a review',
  });
  const lines = [
    says,
    ownWords.has(kind) ? facts.text : quoteIn({ kind, facts }),
    minutes !== undefined && `Length: ${inWords(minutes)}`,
    ticketNumber && `Ticket: ${ticketNumber}`,
    stage && `${stageNames[kind] ?? 'Stage'}: ${stage}`,
    facts.closesAt && `Closes: ${utc(facts.closesAt)} UTC`,
    facts.endsAt && `Ends: ${utc(facts.endsAt)} UTC`,
    from && until && `Away: ${utc(from)} to ${utc(until)} UTC`,
  ].filter((line) => typeof line === 'string' && line !== '') as string[];
  return { subject: oneLine(subject), lines, path: pathOf(kind, requestId, facts), button };
}

/** The line of a letter that is what somebody typed, over as many lines as they did; null: nobody is quoted. */
export function quoteIn({ kind, facts: { text } }: { kind: LetterKind; facts: LetterFacts }): string | null {
  return text && !ownWords.has(kind) ? `“${text}”` : null;
}

const places: Partial<Record<LetterKind, string>> = {
  ...{ chat_linked: '/chat/link', test: '/notifications' },
  ...{ absence_set: '/absence', absence_ended: '/absence', workload_ends: '/notifications' },
};

function pathOf(kind: LetterKind, requestId: string | null, { campaignId }: LetterFacts): string {
  if (campaignId) return `/reviews/${campaignId}`;
  return places[kind] ?? (requestId ? `/requests/${requestId}` : '/');
}

/** `2026-11-24 08:00`. */
const utc = (iso: string) => iso.slice(0, 16).replace('T', ' ');

/** Names are other people's text: no line breaks, which a mail's head would take for its own. */
function oneLine(text: string): string {
  const one = text.toWellFormed().replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  return one.length > 200 ? `${one.slice(0, 199).toWellFormed()}…` : one;
}
