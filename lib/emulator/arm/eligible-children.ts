import { eligibleFor } from '#lib/emulator/pim/holdings.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { notEmulated } from './refusals.ts';
import { ancestorsOf, covers, everyScope, scopeFacts } from './scopes.ts';

/**
 * eligibleChildResources: the scopes below this one where the caller may activate something; the next level, or with
 * `getAllChildren=true` all of them. `$filter` names types, joined by or (contract 5.5).
 */
export function eligibleChildren({ call, world, caller, scope, rest }: AuthorizationCall): Answer {
  if (call.method !== 'GET' || rest.length > 1) throw notEmulated(call);
  const { state } = world;
  const types = wantedTypes(call.query.get('$filter') ?? '');
  if (types === null) throw notEmulated(call);
  const eligible = eligibleFor(world, caller.objectId).filter(({ schedule }) => schedule.plane === 'azure');
  const all = call.query.get('getAllChildren')?.toLowerCase() === 'true';
  const value = everyScope(state)
    .filter((child) => {
      const above = ancestorsOf(state, child);
      return all ? above.includes(scope) : above[0] === scope;
    })
    .filter((child) => eligible.some(({ schedule }) => covers(state, schedule.scope, child)))
    .map((child) => ({ id: child, facts: scopeFacts(state, child) }))
    .filter(({ facts }) => types.length === 0 || types.includes(facts.type.toLowerCase()))
    .map(({ id, facts }) => ({ name: facts.displayName, id, type: facts.type }));
  return { status: 200, body: { value } };
}

/** The types asked for, lower-cased; null for a filter of another kind. */
function wantedTypes(filter: string): string[] | null {
  const clauses = filter.replaceAll('+', ' ').split(/\s+or\s+/i);
  const types = clauses
    .filter(Boolean)
    .map((clause) => /^\s*resourceType\s+eq\s+'([^']+)'\s*$/i.exec(clause)?.[1]);
  return types.some((type) => type === undefined) ? null : types.map((type) => (type ?? '').toLowerCase());
}
