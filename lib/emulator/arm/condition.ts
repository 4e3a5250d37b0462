import { matchesAction } from './matches-action.ts';

/** What is assigned, as conditions ask for it. */
export interface AssignmentFacts {
  RoleDefinitionId: string;
  PrincipalId: string;
  PrincipalType: string;
}

const CLAUSE = /ActionMatches\{'([^']+)'\}([\s\S]*?)(?=!?\(*ActionMatches\{|$)/gi;
const TEST =
  /@(?:Request|Resource)\[Microsoft\.Authorization\/roleAssignments:(\w+)\]\s*(?:ForAn\w+:)?(\w+)\s*\{([^}]*)\}/gi;

/**
 * Whether a condition (Azure ABAC, version 2.0) lets this role assignment be written or deleted. Read are the clauses that
 * limit delegated administrators: role, principal and kind of principal, joined by AND or OR. A clause for the action that
 * has no test we know lets nothing through.
 */
export function fulfils(condition: string | null, action: string, facts: AssignmentFacts): boolean {
  if (condition === null) return true;
  const clauses = [...condition.matchAll(CLAUSE)].filter(([, pattern = '']) =>
    matchesAction(pattern, action),
  );
  return clauses.every(([, , rest = '']) => {
    const tests = [...rest.matchAll(TEST)];
    const results = tests.map((test) => passes(test, facts));
    const between = rest.slice(tests[0]?.index ?? 0, tests.at(-1)?.index ?? 0);
    return /\bOR\b/i.test(between) ? results.includes(true) : results.length > 0 && !results.includes(false);
  });
}

function passes(
  [, name = '', operator = '', values = '']: RegExpMatchArray,
  facts: AssignmentFacts,
): boolean {
  const actual = Object.entries(facts).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
  if (actual === undefined) return false;
  const listed = values.split(',').map((value) => value.trim().replace(/^'|'$/g, '').toLowerCase());
  const isListed = listed.includes(actual.toLowerCase());
  if (/^(Guid|String)Equals(IgnoreCase)?$/i.test(operator)) return isListed;
  return /^(Guid|String)NotEquals(IgnoreCase)?$/i.test(operator) && !isListed;
}
