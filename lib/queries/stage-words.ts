import type { auditEntries } from '#db/schema/audit.ts';
import type { StoryMoment } from './rows.ts';
import type { StoryTellers } from './story-words.ts';

type Details = Record<string, unknown>;

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const stint = (what: string, tone: StoryMoment['tone'], quote: string | null = null) => ({
  ...{ who: 'Stint', what, quote, tone },
});
const by = (entry: typeof auditEntries.$inferSelect, what: string) => ({
  ...{ who: entry.actorName, what, quote: null, tone: 'plain' as const },
});
const stageIn = (details: Details) =>
  text(details.stageName) ? `“${text(details.stageName)}”` : 'its stage';
const instead = (details: Details) => (text(details.forName) ? `, for ${text(details.forName)}` : '');
const through = ({ via }: Details) => (via === 'slack' ? ', in Slack' : via === 'teams' ? ', in Teams' : '');

function stagesIn(details: Details): string {
  const stages = Array.isArray(details.stages) ? details.stages : [];
  return stages
    .map(
      (one: { name?: unknown; signatures?: unknown }) =>
        `${Number(one.signatures)} of ${text(one.name) ?? '?'}`,
    )
    .join(', then ');
}

/** What became of Stint's own stages, as lines of a request's story. */
export const stageTellers: StoryTellers = {
  'request.awaiting_signatures': (details) =>
    stint(`asks for signatures by the rule “${text(details.rule) ?? '?'}”: ${stagesIn(details)}`, 'waiting'),
  'request.approved_by_rule': (details) =>
    stint(`approved it by the rule “${text(details.rule) ?? '?'}”; nobody had to be asked`, 'good'),
  'request.signature_intended': (details, entry) => ({
    ...by(entry, `chose to ${details.approve ? 'approve' : 'deny'}${instead(details)}${through(details)}`),
    // Given with an offer, it is on record when the requester takes that.
    ...(text(details.approverName) && { who: text(details.approverName) ?? '' }),
    quote: text(details.justification),
  }),
  'request.signed': (details) => ({
    who: text(details.approverName) ?? 'An approver',
    what: `signed ${stageIn(details)}${instead(details)}`,
    quote: text(details.justification),
    tone: 'good',
  }),
  'request.signature_refused': (details) =>
    stint(
      `did not count the signature of ${text(details.approverName) ?? 'an approver'}`,
      'bad',
      text(details.failure),
    ),
  'request.approved_by_stages': () => stint('has every signature: it can be started', 'good'),
  'request.started': (_, entry) => by(entry, 'started it'),
  'request.reminded': (details) => stint(`reminded who can sign ${stageIn(details)}`, 'plain'),
  'request.escalated': (details) =>
    stint(
      details.because === 'too_few'
        ? `asked the next ones to sign ${stageIn(details)} at once: too few others can`
        : `asked the next ones to sign ${stageIn(details)} as well`,
      'waiting',
    ),
  'request.nobody_can_sign': (details) =>
    stint(
      Number(details.found) > 0
        ? `found too few who can sign ${stageIn(details)}: ${Number(details.found)} of ${Number(details.needed)}; administrators are told`
        : `found nobody who can sign ${stageIn(details)}; administrators are told`,
      'bad',
    ),
  'request.closed': (details) => stint('closed it', 'bad', text(details.failure)),
  'request.taken_back': (_, entry) => by(entry, 'took it back before Azure was asked'),
  'request.decision_passed_on': (details) =>
    stint(`tells PIM what ${text(details.approverName) ?? 'an approver'} signed: PIM asks them too`, 'plain'),
};
