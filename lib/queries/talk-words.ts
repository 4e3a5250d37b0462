import type { auditEntries } from '#db/schema/audit.ts';
import { inWords } from '#lib/domain/time.ts';
import type { StoryMoment } from './rows.ts';
import type { StoryTellers } from './story-words.ts';

type Details = Record<string, unknown>;

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
const person =
  (what: (details: Details) => string, tone: StoryMoment['tone'] = 'plain') =>
  (details: Details, { actorName: who }: Pick<typeof auditEntries.$inferSelect, 'actorName'>) => ({
    ...{ who, what: what(details), quote: text(details.justification) ?? text(details.text), tone },
  });

/** What an offer was for, as far as an entry keeps it. */
function termsWords({ terms }: Details): string {
  const { minutes, scopeName } = (terms ?? {}) as Details;
  return [typeof minutes === 'number' && inWords(minutes), text(scopeName)].filter(Boolean).join(' on ');
}

/** What was said while a request waited for signatures, as lines of its story. */
export const talkTellers: StoryTellers = {
  'request.offered': person((details) => `offered ${termsWords(details)} instead`, 'waiting'),
  'request.offer_accepted': person((details) => `took the offer: ${termsWords(details)}`, 'good'),
  'request.offer_declined': person(() => 'declined the offer'),
  'request.asked': person(() => 'asked'),
  'request.answered': person(() => 'answered'),
  'request.nudged': person(() => 'nudged who can decide'),
  'request.handed_over': person((details) => `handed it over to ${text(details.toName) ?? 'somebody'}`),
};
