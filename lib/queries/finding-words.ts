import type { auditEntries } from '#db/schema/audit.ts';
import type { StoryMoment } from './rows.ts';

type Entry = typeof auditEntries.$inferSelect;

/** What became of a finding, in order and in words: what the rules saw, and what people did about it. */
export function findingMoments(
  { firstSeenAt, goneAt }: { firstSeenAt: Date; goneAt: Date | null },
  entries: readonly Entry[],
): StoryMoment[] {
  const told = entries.map(momentOf);
  const first: StoryMoment = {
    at: firstSeenAt,
    who: 'Stint',
    what: 'found it',
    quote: null,
    tone: 'waiting',
  };
  const isTold = entries.at(-1)?.action === 'finding.gone';
  const end: StoryMoment[] =
    goneAt && !isTold ? [{ at: goneAt, who: 'Stint', what: isGone, quote: null, tone: 'good' }] : [];
  return [first, ...told, ...end];
}

const isGone = 'does not see it any more';

function momentOf({ at, action, actorName: who, details }: Entry): StoryMoment {
  const text = (name: string) => (typeof details[name] === 'string' ? details[name] : '');
  const day = text('until').slice(0, 10);
  const plain = { at, who, quote: null, tone: 'plain' as const };
  switch (action) {
    case 'finding.assigned':
      return { ...plain, what: text('to') ? `gave it to ${text('to')}` : 'gave it to nobody' };
    case 'finding.accepted':
      return { ...plain, what: `accepted it until ${day}`, quote: text('reason') };
    case 'finding.reopened':
      return { ...plain, what: 'took the acceptance back', quote: text('why') || null, tone: 'waiting' };
    case 'finding.acceptance_ended':
      return { ...plain, what: `opened it: the acceptance ended on ${day}`, tone: 'waiting' };
    case 'finding.returned':
      return { ...plain, what: 'sees it again', tone: 'waiting' };
    case 'finding.gone':
      return { ...plain, what: isGone, tone: 'good' };
    default:
      return { ...plain, what: action };
  }
}
