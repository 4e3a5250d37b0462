import type { ChangeOutcome } from '#lib/domain/access-change.ts';
import { isActivator, isWorkload } from '#lib/domain/review-decision.ts';
import type { ChangeRecord } from './move-change.ts';

/** What speaks against a change before anybody else is asked; null: nothing. */
export function objectionTo(
  { approvedById, kept, plane, scopeId, verb, way, wayGroupId }: ChangeRecord,
  now: Date,
): { outcome: ChangeOutcome; why: string } | null {
  if (verb === 'make_eligible' && (!isActivator(kept.principalKind) || way === 'membership')) {
    return { outcome: 'cannot_be_eligible', why: '' };
  }
  if (verb === 'make_time_bound' && (!isWorkload(kept.principalKind) || way === 'membership')) {
    return { outcome: 'cannot_be_time_bound', why: '' };
  }
  if (verb === 'restore') {
    if (approvedById === null) return { outcome: 'not_allowed', why: 'Nobody has let it go yet.' };
    if (way === 'assignment' && kept.endsAt && new Date(kept.endsAt) <= now) {
      return { outcome: 'not_allowed', why: 'Its end is past. Give it anew if it is needed.' };
    }
    return null;
  }
  if (way === 'membership' && !wayGroupId) return { outcome: 'failed', why: 'It names no group to leave.' };
  const isAbove = kept.scopeId.toLowerCase() !== scopeId.toLowerCase();
  if (plane === 'azure' && way === 'assignment' && isAbove) {
    return { outcome: 'inherited', why: `It is given at ${kept.scopeName}.` };
  }
  return null;
}
