import type { auditEntries } from '#db/schema/audit.ts';
import type { StoryMoment } from './rows.ts';

type Entry = typeof auditEntries.$inferSelect;
type Teller = (details: Record<string, unknown>, entry: Entry) => Omit<StoryMoment, 'at'>;

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const person =
  (what: (details: Record<string, unknown>) => string): Teller =>
  (details, entry) => ({
    who: entry.actorName,
    what: what(details),
    quote: text(details.justification),
    tone: 'plain',
  });

/** How the story tells what happened to a running window. */
export const windowTellers: Record<string, Teller> = {
  'request.extended': person(() => 'asked for more time: another request follows this one'),
  'request.end_planned': person(() => 'asked to end it as soon as Azure allows'),
  'request.end_called_off': person(() => 'wanted it on after all'),
  'request.end_asked': (details, entry) => ({
    who: details.planned === true ? 'Stint' : entry.actorName,
    what: details.planned === true ? 'asked Azure to end it, as planned' : 'asked to end it now',
    quote: null,
    tone: 'plain',
  }),
  'need.added': person(({ ticketNumber }) => `needs it for ${text(ticketNumber) ?? 'another ticket'}, too`),
  'need.released': person(({ ticketNumber, ended, because }) => {
    const ticket = text(ticketNumber) ?? 'what it was asked for';
    if (because === 'ticket_closed') return `keeps it for ${ticket} no longer: that ticket is closed`;
    if (because === 'time_over') return `needed it for ${ticket} until the time for that was over`;
    return ended === true
      ? `keeps it for ${ticket} no longer: it has ended`
      : `is done with it for ${ticket}`;
  }),
};
