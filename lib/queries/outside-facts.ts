import type { OutsideSeen } from '#lib/domain/outside-role.ts';

type Told = Pick<OutsideSeen, 'kind' | 'details'>;

/** What else is to be said about a privilege outside roles, kind by kind. `forName`: the one person a consent is for. */
export function factsOf({ kind, details }: Told, forName: string | null): string[] {
  const text = (name: string) => {
    const value = details[name];
    return typeof value === 'string' ? value : '';
  };
  switch (kind) {
    case 'consent':
      return [
        details.forEverybody ? 'for everybody in the tenant' : `for ${forName ?? text('forId')} only`,
        ...blueprintOf(details),
      ];
    case 'application_permission':
      return [
        ...(details.principalType === 'Group' ? ['held by every member of the group'] : []),
        ...blueprintOf(details),
      ];
    case 'credential':
      return [
        `${text('type')} on the ${text('on')}`,
        ...(text('hint') ? [`begins with ${text('hint')}`] : []),
      ];
    case 'federated_credential':
      return [text('subject'), `as ${text('issuer')} says`];
    case 'lighthouse':
      return [
        `from the tenant ${text('by')}`,
        text('offer'),
        details.eligible ? 'eligible: may activate it' : 'standing',
      ];
    case 'deny_assignment':
      return [
        `denies ${text('denies')}${text('butNot') && `, but not ${text('butNot')}`}`,
        ...(details.onlyHere ? ['at this scope only'] : []),
        ...(details.exceptions ? [`but for ${details.exceptions} named in it`] : []),
      ];
    default:
      return [];
  }
}

/** What an agent does not hold itself is taken away at what it was made from. */
function blueprintOf({ inherited, inheritedFrom }: OutsideSeen['details']): string[] {
  if (!inherited) return [];
  return [inheritedFrom ? `from its blueprint, ${inheritedFrom}` : 'from its blueprint'];
}
