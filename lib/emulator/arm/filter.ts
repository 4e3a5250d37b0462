import type { Call } from '#lib/emulator/wire.ts';
import { notEmulated } from './refusals.ts';

/**
 * The clauses of `$filter`, joined by and: `asTarget()` becomes asTarget → '', `principalId eq x` and
 * `assignedTo('x')` become name → 'x'. Quotes are optional, as Azure has it. Throws 501 for a clause not known here.
 */
export function readFilter(call: Call, known: string[]): Map<string, string> {
  const clauses = (call.query.get('$filter') ?? '').replaceAll('+', ' ').split(/\s+and\s+/i);
  const wanted = clauses.map((clause) => clause.trim()).filter(Boolean);
  return new Map(wanted.map((clause) => readClause(call, clause, known)));
}

function readClause(call: Call, clause: string, known: string[]): [string, string] {
  const parts = /^(\w+)(?:\(\s*'?([^')]*)'?\s*\)|\s+eq\s+'?([^']+)'?)$/i.exec(clause);
  const name = known.find((one) => one.toLowerCase() === parts?.[1]?.toLowerCase());
  if (name === undefined) throw notEmulated(call);
  return [name, (parts?.[2] ?? parts?.[3] ?? '').trim()];
}
