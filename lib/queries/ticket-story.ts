import { closedGraceMinutes } from '#lib/domain/ticket-hold.ts';
import type { StoryTellers } from './story-words.ts';

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
const named = ({ key, title, state }: Record<string, unknown>) =>
  [text(key), text(title), text(state)].filter(Boolean).join(' · ');

function closedWords(others: string[], isEnding: boolean): string {
  const seen = 'saw the ticket closed';
  if (others.length > 0) return `${seen}; ${others.join(', ')} still needs it`;
  if (isEnding) return `${seen}: still so in ${closedGraceMinutes} minutes, the access is to end`;
  return 'asks its person to end it: the Applier is not switched on here';
}

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
  'request.ticket_closed': ({ others, isEnding, ...details }) => ({
    who: 'Stint',
    what: closedWords(Array.isArray(others) ? others.map(String) : [], isEnding === true),
    quote: named(details),
    tone: 'waiting',
  }),
  'request.ticket_reopened': ({ isLetGo, ...details }) => ({
    who: 'Stint',
    what: `saw the ticket open again${isLetGo === true ? ', and asks for its end no more' : ''}`,
    quote: named(details),
    tone: 'good',
  }),
  'request.ticket_end_asked': (details) => ({
    who: 'Stint',
    what: 'asked its Applier to end it: the ticket stays closed',
    quote: named(details),
    tone: 'waiting',
  }),
  'request.ticket_end_by_hand': (details) => ({
    who: 'Stint',
    what: 'told its person and administrators to end it: the ticket stays closed, and the Applier is not switched on here',
    quote: named(details),
    tone: 'bad',
  }),
  'request.ticket_not_ended': ({ explanation }) => ({
    who: 'The Applier',
    what: 'cannot end it: somebody has to',
    quote: text(explanation),
    tone: 'bad',
  }),
  'request.ticket_end_let_go': (details) => ({
    who: 'Stint',
    what: 'asks for its end no more',
    quote: text(details.why),
    tone: 'plain',
  }),
  'request.ticket_commented': (details) => ({
    who: 'Stint',
    what: details.moment === 'grant' ? 'noted the beginning in the ticket' : 'noted the end in the ticket',
    quote: null,
    tone: 'plain',
  }),
};
