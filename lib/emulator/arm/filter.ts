import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Call } from '#lib/emulator/wire.ts';

/**
 * The clauses of `$filter`, joined by and: `asTarget()` becomes asTarget → '', `principalId eq x` and
 * `assignedTo('x')` become name → 'x'. Quotes are optional, as Azure has it. Throws 400 UnsupportedQuery for another clause.
 */
export function readFilter(call: Call, known: string[]): Map<string, string> {
  const clauses = (call.query.get('$filter') ?? '').replaceAll('+', ' ').split(/\s+and\s+/i);
  const wanted = clauses.map((clause) => clause.trim()).filter(Boolean);
  return new Map(wanted.map((clause) => readClause(clause, known)));
}

function readClause(clause: string, known: string[]): [string, string] {
  const parts = /^(\w+)(?:\(\s*'?([^')]*)'?\s*\)|\s+eq\s+'?([^']+)'?)$/i.exec(clause);
  const name = known.find((one) => one.toLowerCase() === parts?.[1]?.toLowerCase());
  if (name === undefined) {
    const words = known.map((one) =>
      one.startsWith('as') || one.startsWith('at') ? `${one}()` : `${one} eq '{value}'`,
    );
    throw new PimRefusal(
      400,
      'UnsupportedQuery',
      `The filter '${clause}' is not supported. Supported filters are ${words.join(' or ')}.`,
    );
  }
  return [name, (parts?.[2] ?? parts?.[3] ?? '').trim()];
}
