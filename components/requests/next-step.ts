import { orList } from '#components/ui/or-list.ts';
import type { RequestStory } from '#lib/queries/rows.ts';

type Story = Pick<
  RequestStory,
  'status' | 'may' | 'approvers' | 'endCause' | 'origin' | 'stepUp' | 'waitsFor'
>;

const again = (may: Story['may']) => (may.askAgain ? ' You can ask again.' : '');

/** What this means and what to do now, in a sentence or two; null where the timeline says it all. */
export function nextStep({
  status,
  may,
  approvers,
  endCause,
  origin,
  stepUp,
  waitsFor,
}: Story): string | null {
  switch (status) {
    case 'awaiting_signatures':
      return `${approvers.length > 0 ? orList(approvers) : 'An approver'} can sign it. Azure is asked once it is approved.`;
    case 'approved':
      return may.start
        ? 'Start it when you need it: the window begins then, not with the approval.'
        : 'The requester starts it when they need it.';
    case 'filed':
      if (waitsFor) return `It comes after ${waitsFor}: Azure is asked as soon as that is active.`;
      return 'Stint has kept the request and is asking Azure. This page follows by itself.';
    case 'needs_you':
      if (stepUp && may.resume)
        return 'Nothing has to be typed again: the sign-in sends this same request on.';
      return may.resume
        ? 'Resume sends the same request; nothing has to be typed again.'
        : 'The requester has to sign in and resume it.';
    case 'awaiting_approval':
      return `${approvers.length > 0 ? orList(approvers) : 'An approver'} can decide. Undecided, PIM drops it after 24 hours.`;
    case 'provisioning':
      return 'Azure has granted it and is putting it in place. This page follows by itself.';
    case 'active':
      return 'A program that is already signed in may need to sign in again before it sees the access.';
    case 'ended':
      if (endCause === 'ended_by_stint')
        return `It went past Stint’s approval, and was ended.${may.askAgain ? ' Ask in Stint if it is still needed.' : ''}`;
      if (endCause === 'ticket_closed') return `Its ticket was closed, so Stint had it ended.${again(may)}`;
      return endCause === 'removed_in_azure' ? `Somebody removed it in Azure itself.${again(may)}` : null;
    case 'denied':
      return `The reason is below.${may.askAgain ? ' Ask again with what was missing, or talk to who decided.' : ''}`;
    case 'lapsed':
      return `It was not decided, or not started, in time.${again(may)}`;
    case 'failed':
      return `Nothing was granted.${again(may)}`;
    case 'withdrawing':
      return 'Azure is being asked to drop it.';
    case 'ending':
      return 'Azure is being asked to take it away; until it confirms, count it as on.';
    case 'scheduled':
      return origin === 'stint' ? 'Azure holds it and starts it by itself; nobody has to be here.' : null;
    case 'withdrawn':
      return null;
  }
}
