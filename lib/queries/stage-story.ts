import type { auditEntries } from '#db/schema/audit.ts';
import { inWords } from '#lib/domain/time.ts';
import type { StoryMoment } from './rows.ts';
import type { StoryTellers } from './story-words.ts';

type Details = Record<string, unknown>;
type Line = Omit<StoryMoment, 'at'>;

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
const stint = (what: string, tone: Line['tone'], quote: string | null = null): Line => ({
  ...{ who: 'Stint', what, quote, tone },
});
const person =
  (what: (details: Details) => string, tone: Line['tone'] = 'plain') =>
  (details: Details, { actorName: who }: Pick<typeof auditEntries.$inferSelect, 'actorName'>): Line => ({
    ...{ who, what: what(details), quote: text(details.justification) ?? text(details.text), tone },
  });
const instead = ({ forName }: Details) => (text(forName) ? ` in place of ${text(forName)}` : '');
const stage = ({ stageName }: Details) => (text(stageName) ? ` “${text(stageName)}”` : '');

/** What an offer was for, as far as an entry keeps it. */
function termsWords({ terms }: Details): string {
  const { minutes, scopeName } = (terms ?? {}) as { minutes?: unknown; scopeName?: unknown };
  return [typeof minutes === 'number' && inWords(minutes), text(scopeName)].filter(Boolean).join(' on ');
}

/** What became of Stint’s own stages, and what was said meanwhile, as lines of a request’s story. */
export const stageTellers: StoryTellers = {
  'request.awaiting_signatures': (details) =>
    stint(`asks for signatures by the rule “${text(details.rule) ?? ''}”`, 'waiting'),
  'request.approved_by_rule': (details) =>
    stint(`approved it by the rule “${text(details.rule) ?? ''}”, which asks nobody`, 'good'),
  'request.signed': (details) => ({
    ...{ who: text(details.approverName) ?? 'Somebody', tone: 'good' },
    ...{ what: `signed${stage(details)}${instead(details)}`, quote: text(details.justification) },
  }),
  'request.signature_refused': (details) =>
    stint(
      `did not count the signature of ${text(details.approverName) ?? 'somebody'}`,
      'bad',
      text(details.failure),
    ),
  'request.approved_by_stages': () => stint('has every signature: it can be started', 'good'),
  'request.nobody_can_sign': (details) =>
    stint(`found too few who can sign${stage(details)}, and told administrators`, 'bad'),
  'request.reminded': () => stint('reminded who can sign', 'plain'),
  'request.escalated': (details) =>
    stint(`asked others as well, since${stage(details)} waited for long`, 'plain'),
  'request.started': person(() => 'started it', 'good'),
  'request.taken_back': person(() => 'took it back'),
  'request.closed': (details) => stint('closed it', 'bad', text(details.failure)),
  'request.offered': person((details) => `offered ${termsWords(details)} instead`, 'waiting'),
  'request.offer_accepted': person((details) => `took the offer: ${termsWords(details)}`, 'good'),
  'request.offer_declined': person(() => 'declined the offer'),
  'request.asked': person(() => 'asked'),
  'request.answered': person(() => 'answered'),
  'request.nudged': person(() => 'nudged who can sign'),
  'request.handed_over': person((details) => `handed it over to ${text(details.toName) ?? 'somebody'}`),
};
