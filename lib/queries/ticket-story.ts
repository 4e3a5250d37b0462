import type { StoryTellers } from './story-words.ts';

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
const named = ({ key, title, state }: Record<string, unknown>) =>
  [text(key), text(title), text(state)].filter(Boolean).join(' · ');

/** What became of a request's ticket, as lines of its story. */
export const ticketTellers: StoryTellers = {
  'request.ticket_checked': (details) => ({
    who: text(details.system) ?? 'The ticket system',
    what: text(details.note) ? 'could not be asked about the ticket' : 'told of the ticket',
    quote: text(details.note) ?? named(details),
    tone: text(details.note) ? 'waiting' : 'plain',
  }),
  'request.ticket_broken': (details) => ({
    who: 'Stint',
    what: 'saw that the ticket does not carry this any more',
    quote: text(details.why),
    tone: 'bad',
  }),
  'request.ticket_good': (details) => ({
    who: 'Stint',
    what: details.from === 'unreachable' ? 'could ask about the ticket' : 'saw that the ticket is good again',
    quote: named(details),
    tone: 'good',
  }),
  'request.ticket_commented': (details) => ({
    who: 'Stint',
    what: details.moment === 'grant' ? 'noted the beginning in the ticket' : 'noted the end in the ticket',
    quote: null,
    tone: 'plain',
  }),
};
