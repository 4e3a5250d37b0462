import type { ApproverSet } from '#lib/domain/approval-policy.ts';

/** A set of approvers in words: `sg-approvers`, `the requester’s manager`. */
export function setWords(set: ApproverSet): string {
  switch (set.is) {
    case 'person':
      return set.name;
    case 'group':
      return set.name;
    case 'manager':
      return 'the requester’s manager';
    case 'owner':
      return 'who owns the resource';
    case 'on_call':
      return `who is on call: ${set.name}`;
  }
}
