const COSTS: [method: string, path: RegExp, units: number][] = [
  ['GET', /^\/groups\/[^/]+\/transitiveMembers/i, 5],
  ['GET', /^\/groups\/[^/]+\/members/i, 3],
  ['GET', /^\/(users\/[^/]+|me)\/(memberOf|ownedObjects|transitiveMemberOf|licenseDetails)/i, 2],
  ['GET', /^\/servicePrincipals\/[^/]+\/appRoleAssign/i, 2],
  ['GET', /^\/oauth2PermissionGrants/i, 2],
  ['GET', /^\/(users|groups|applications|servicePrincipals)\/?$/i, 2],
  ['POST', /^\/directoryObjects\/getByIds/i, 3],
  ['POST', /\/checkMember(Groups|Objects)$/i, 4],
  ['POST', /\/getMember(Groups|Objects)$/i, 2],
];

/**
 * What a call costs in Graph's resource units: the base cost of its path, one less for `$select` and for a `$top` under
 * 20, one more for `$expand`, never under one. Source: Microsoft Graph service limits, identity and access.
 */
export function resourceUnits(method: string, path: string, query: URLSearchParams): number {
  const at = path.replace(/^\/(v1\.0|beta)/i, '');
  const base = COSTS.find(([verb, pattern]) => verb === method && pattern.test(at))?.[2] ?? 1;
  const top = Number(query.get('$top') ?? Number.POSITIVE_INFINITY);
  const cheaper = Number(query.has('$select')) + Number(top < 20);
  return Math.max(1, base + Number(query.has('$expand')) - cheaper);
}

/** Whether a call counts against the write quota: getMemberObjects and its like only read. */
export function isGraphWrite(method: string, path: string): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return !(method === 'POST' && /\/(\$batch|getByIds|(get|check)Member(Groups|Objects))$/i.test(path));
}
