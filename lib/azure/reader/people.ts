import type { User } from '@microsoft/microsoft-graph-types';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import type { DirectoryPerson } from '#lib/azure/ports.ts';

const fields = 'id,displayName,userPrincipalName,userType,accountEnabled,jobTitle,department';
/** Graph takes at most 15 values in one `in`. */
const atOnce = 15;

/** The people with these object ids, in no order; ids that are no people, or gone, are left out. */
export async function readPeople(calls: GraphCalls, ids: readonly string[]): Promise<DirectoryPerson[]> {
  const wanted = [...new Set(ids)];
  const batches = Array.from({ length: Math.ceil(wanted.length / atOnce) }, (_, batch) =>
    wanted.slice(batch * atOnce, (batch + 1) * atOnce),
  );
  const found = await Promise.all(
    batches.map((batch) => {
      const list = batch.map((id) => `'${id.replaceAll("'", "''")}'`).join(',');
      return calls.list<User>(`/v1.0/users?$filter=id in (${list})&$select=${fields}`);
    }),
  );
  return found.flat().map(personOf);
}

function personOf(user: User): DirectoryPerson {
  return {
    id: user.id ?? '',
    name: user.displayName ?? user.userPrincipalName ?? user.id ?? '',
    upn: user.userPrincipalName ?? null,
    kind: user.userType === 'Guest' ? 'guest' : 'member',
    enabled: user.accountEnabled !== false,
    jobTitle: user.jobTitle ?? null,
    department: user.department ?? null,
  };
}
