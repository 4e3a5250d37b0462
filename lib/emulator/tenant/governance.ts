import type { PackageApproval, Review, ReviewDecision } from '#lib/emulator/governance-state.ts';
import { azureRole } from './azure-roles.ts';
import { groupId } from './groups.ts';
import { DAY, numberedId } from './numbered-id.ts';
import { personId } from './people.ts';
import { PRODUCTION } from './scopes.ts';

/** Microsoft's own access reviews, still open: what a portal beside them must not mistake for its own. */
export function reviews(now: number): Review[] {
  const stewards = { id: groupId('sg-data-stewards'), displayName: 'sg-data-stewards', type: 'group' };
  const owner = { id: azureRole('Owner'), displayName: 'Owner', type: 'azureRole' };
  return [
    review(1, 'Data stewards, every quarter', now, {
      query: `/groups/${stewards.id}/transitiveMembers`,
      reviewer: 'rhea.silva',
      resource: stewards,
      subjects: ['rosa.delgado', 'tomoko.sato'],
    }),
    {
      ...review(2, 'Owners of Production', now, {
        query: `${PRODUCTION}/providers/Microsoft.Authorization/roleDefinitions/${owner.id}`,
        reviewer: 'petra.holm',
        resource: owner,
        subjects: ['ines.castell', 'ada.lind'],
      }),
      armScope: PRODUCTION,
    },
  ];
}

interface Subject {
  query: string;
  reviewer: string;
  resource: ReviewDecision['resource'];
  subjects: string[];
}

function review(number: number, displayName: string, now: number, about: Subject): Review {
  const id = numberedId('de00f000', number);
  const reviewers = [{ query: `/users/${personId(about.reviewer)}`, queryType: 'MicrosoftGraph' }];
  return {
    id,
    definition: { id, displayName, scope: { query: about.query, queryType: 'MicrosoftGraph' }, reviewers },
    createdAt: now - 5 * DAY,
    createdById: personId('greta.moss'),
    status: 'InProgress',
    instanceId: numberedId('1257a000', number),
    endAt: now + 9 * DAY,
    decisions: about.subjects.map((login, index) => ({
      id: numberedId('dec15100', number * 10 + index),
      principalId: personId(login),
      resource: about.resource,
      reviewerIds: [personId(about.reviewer)],
      decision: 'NotReviewed',
      justification: '',
      recommendation: index === 0 ? 'Approve' : 'NoInfoAvailable',
      reviewedById: null,
      reviewedAt: null,
    })),
  };
}

/** One access package asked for, which is no matter of PIM's though the object looks alike. */
export function packageApprovals(): PackageApproval[] {
  return [
    {
      id: numberedId('9ac4a6e0', 1),
      stageId: numberedId('9ac4a6e1', 1),
      requestorId: personId('lou.grant'),
      approverIds: [personId('tess.arnold')],
      reviewResult: 'NotReviewed',
      reviewedById: null,
      reviewedAt: null,
      justification: '',
    },
  ];
}
