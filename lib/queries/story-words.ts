import type { auditEntries } from '#db/schema/audit.ts';
import { challengeWords } from '#lib/domain/challenge.ts';
import type { EndCause } from '#lib/domain/request.ts';
import { isStepUpOutcome, stepUpOutcomes } from '#lib/domain/step-up.ts';
import { inWords, secondsInWords } from '#lib/domain/time.ts';
import { extensionTellers } from './extension-words.ts';
import type { StoryMoment } from './rows.ts';
import { stageTellers } from './stage-words.ts';
import { talkTellers } from './talk-words.ts';
import { ticketTellers } from './ticket-story.ts';
import { windowTellers } from './window-words.ts';

type Entry = typeof auditEntries.$inferSelect;
type Teller = (details: Record<string, unknown>, entry: Entry) => Omit<StoryMoment, 'at'>;

export type StoryTellers = Record<string, Teller>;

const azure = (what: string, tone: StoryMoment['tone'], quote: string | null = null) => ({
  who: 'Azure',
  what,
  quote,
  tone,
});
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const causes: Record<EndCause, string> = {
  expired: 'ended it: the time was over',
  ended_early: 'ended it, as asked',
  removed_in_azure: 'does not hold it any more: somebody removed it there',
  ended_by_stint: 'does not hold it any more: the Applier took it away',
  ticket_closed: 'does not hold it any more: Stint had it ended, since its ticket was closed',
};

/** Who did it and why, whether it was done in Stint or seen in Azure. */
const decision =
  (what: string, tone: StoryMoment['tone']): Teller =>
  (details) => ({
    who: text(details.approverName) ?? 'Azure',
    what: details.where === 'azure' ? `${what}, in Azure` : what,
    quote: text(details.justification),
    tone,
  });

const tellers: StoryTellers = {
  ...windowTellers,
  ...ticketTellers,
  ...extensionTellers,
  ...stageTellers,
  ...talkTellers,
  'request.filed': (details, entry) => ({
    who: entry.actorName,
    what: `asked for ${inWords(Number(details.minutes))}${text(details.followsId) ? ' more' : ''}`,
    quote: text(details.justification),
    tone: 'plain',
  }),
  'request.adopted': (details) => ({
    who: 'Stint',
    what: 'saw this request, made in Azure itself',
    quote: text(details.justification),
    tone: 'plain',
  }),
  'request.seen_in_azure': (details) => ({
    who: 'Stint',
    what: 'saw it active, activated in Azure itself',
    quote: text(details.justification),
    tone: 'plain',
  }),
  'request.awaiting_approval': () => azure('waits for an approver', 'waiting'),
  'request.scheduled': () => azure('will start it at the time asked', 'waiting'),
  'request.granted': () => azure('granted it and is provisioning it', 'waiting'),
  'request.approval_intended': (details, entry) => ({
    who: entry.actorName,
    what: 'chose to approve',
    quote: text(details.justification),
    tone: 'plain',
  }),
  'request.denial_intended': (details, entry) => ({
    who: entry.actorName,
    what: 'chose to deny',
    quote: text(details.justification),
    tone: 'plain',
  }),
  'request.approved': decision('approved', 'good'),
  'request.denied': decision('denied', 'bad'),
  'request.denial_confirmed': (details) => ({
    who: 'Azure',
    what: `named who denied it: ${text(details.approverName) ?? 'an approver'}`,
    quote: text(details.justification),
    tone: 'plain',
  }),
  'request.decision_failed': (details) => ({
    who: 'Azure',
    what: `did not take the decision of ${text(details.approverName) ?? 'an approver'}`,
    quote: text(details.failure),
    tone: 'bad',
  }),
  'request.decision_waits': (details) => ({
    who: 'Microsoft',
    what: `asks ${text(details.approverName) ?? 'an approver'} for a stronger sign-in before the decision`,
    quote: null,
    tone: 'waiting',
  }),
  'request.activated': () => azure('shows it active', 'good'),
  'request.usable': (details) => ({
    who: 'Stint',
    what: `found it working, ${secondsInWords(Number(details.msAfterActive) / 1000)} after Azure showed it`,
    quote: null,
    tone: 'good',
  }),
  'request.end_failed': (details) => azure('did not end it', 'bad', text(details.failure)),
  'request.ended': (details) => azure(causes[details.endCause as EndCause] ?? 'ended it', 'plain'),
  'request.cancel_asked': (_, entry) => ({
    who: entry.actorName,
    what: 'asked to cancel',
    quote: null,
    tone: 'plain',
  }),
  'request.cancel_failed': (details) => azure('did not cancel it', 'bad', text(details.failure)),
  'request.cancelled': () => azure('cancelled it', 'plain'),
  'request.lapsed': (details) =>
    text(details.failure)
      ? { who: 'Stint', what: 'let it lapse', quote: text(details.failure), tone: 'bad' }
      : azure('dropped it: nobody decided in 24 hours', 'bad'),
  'request.failed': (details) => azure('did not grant it', 'bad', text(details.failure)),
  'request.needs_person': () => ({
    who: 'Stint',
    what: 'needs the person to send it again',
    quote: null,
    tone: 'waiting',
  }),
  'request.step_up_asked': (details) => ({
    who: details.from === 'policy' ? 'Stint' : 'Azure',
    what: `asks for ${challengeWords(text(details.claims) ?? '')}${Number(details.repeats) > 0 ? ', the same once more' : ''}`,
    quote: null,
    tone: Number(details.repeats) > 0 ? 'bad' : 'waiting',
  }),
  'request.stepped_up': (_, entry) => ({
    who: entry.actorName,
    what: 'signed in as asked; it goes on',
    quote: null,
    tone: 'plain',
  }),
  'request.step_up_failed': (details, entry) => ({
    who: entry.actorName,
    what: 'did not sign in as asked',
    quote: isStepUpOutcome(details.reason) ? stepUpOutcomes[details.reason] : null,
    tone: 'bad',
  }),
  'request.resumed': (_, entry) => ({ who: entry.actorName, what: 'resumed it', quote: null, tone: 'plain' }),
};

/** An audit entry as a line of the story; entries without words here are for auditors, not for the page. */
export function tell(entry: Entry): StoryMoment[] {
  const teller = tellers[entry.action];
  return teller ? [{ at: entry.at, ...teller(entry.details, entry) }] : [];
}
