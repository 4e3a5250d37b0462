const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The path of a membership, or an ownership, itself. Without `/$ref` the same DELETE takes the member: it can delete a
 * person. So nobody else writes this path.
 * @throws Error for anything but two object ids.
 */
export function memberRef(groupId: string, memberId: string, as: 'member' | 'owner'): string {
  if (!guid.test(groupId) || !guid.test(memberId)) throw new Error('A membership is of two object ids.');
  return `/v1.0/groups/${groupId}/${as}s/${memberId}/$ref`;
}
