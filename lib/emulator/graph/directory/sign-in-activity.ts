import type { Exchange, Row } from '#lib/emulator/graph/exchange.ts';
import { filterOf } from '#lib/emulator/graph/odata/collection.ts';
import { pathsOf } from '#lib/emulator/graph/odata/matches.ts';
import { isGranted } from '#lib/emulator/graph/permissions.ts';
import { badRequest, GraphRefusal } from '#lib/emulator/graph/refusal.ts';
import { moment } from '#lib/emulator/graph/times.ts';
import type { State } from '#lib/emulator/state.ts';
import { readers } from './directory-permissions.ts';

/** How Graph says never. */
const never = '0001-01-01T00:00:00Z';
/** Kept in people's SharePoint profiles: Graph tells them of one user, not of a list. */
const profileOnly = ['aboutMe', 'birthday', 'hireDate', 'interests', 'mySite', 'pastProjects'];
const profileLists = ['preferredName', 'responsibilities', 'schools', 'skills'];

/**
 * Whether the call selects or filters by signInActivity, which wants AuditLog.Read.All besides reading users; else 403. Its
 * filter stands alone.
 */
export function asksForActivity(exchange: Exchange): boolean {
  const selects = selected(exchange).includes('signInActivity');
  const filter = filterOf(exchange);
  const paths = filter ? pathsOf(filter) : [];
  const filters = paths.some((path) => path.startsWith('signInActivity/'));
  if (!selects && !filters) return false;
  if (filters && paths.some((path) => !path.startsWith('signInActivity/'))) {
    throw badRequest('Filter on signInActivity cannot be combined with other filters.');
  }
  if (!isGranted(exchange, ['AuditLog.Read.All']) || !isGranted(exchange, readers.fullUsers)) {
    const words = 'Calling principal does not have required MSGraph permissions AuditLog.Read.All';
    throw new GraphRefusal(403, 'Authentication_MSGraphPermissionMissing', words);
  }
  return true;
}

/** Refuses, in a list, the properties that Graph only has of single users. */
export function refuseListed(exchange: Exchange): void {
  const unreadable = selected(exchange).find((name) => [...profileOnly, ...profileLists].includes(name));
  if (unreadable) {
    throw new GraphRefusal(
      501,
      'NotImplemented',
      `Property '${unreadable}' is not supported in a list of users.`,
    );
  }
}

/** When a user last signed in, on the page and silently. */
export function signInActivityRow({ graph }: State, userId: string): Row {
  const activity = graph.signInActivity[userId];
  const [interactiveAt, silentAt] = [activity?.interactiveAt ?? null, activity?.silentAt ?? null];
  const [interactiveId, silentId] = [
    activity?.interactiveRequestId ?? null,
    activity?.silentRequestId ?? null,
  ];
  const isSilentLast = (silentAt ?? 0) > (interactiveAt ?? 0);
  return {
    lastSignInDateTime: moment(interactiveAt) ?? never,
    lastSignInRequestId: interactiveId,
    lastNonInteractiveSignInDateTime: moment(silentAt) ?? never,
    lastNonInteractiveSignInRequestId: silentId,
    lastSuccessfulSignInDateTime: moment(isSilentLast ? silentAt : interactiveAt) ?? never,
    lastSuccessfulSignInRequestId: isSilentLast ? silentId : interactiveId,
  };
}

function selected({ call }: Exchange): string[] {
  return (call.query.get('$select') ?? '').split(',').map((name) => name.trim());
}
