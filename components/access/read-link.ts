import { roleAtScopeName } from '#components/roles/role-words.ts';
import { longestJustification, longestTicket } from '#lib/domain/policy.ts';
import { inWords } from '#lib/domain/time.ts';
import type { Bundle } from '#lib/queries/own-choice-rows.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';
import { type Draft, emptyForm, type OwnChoice } from './ask.ts';
import { planOf } from './bundle-plan.ts';

type Query = Record<string, string | string[] | undefined>;

/** A form to begin with, as a link names it, and what of the link could not be done. It asks for nothing by itself. */
export interface LinkRead {
  draft: Draft;
  notes: string[];
}

const known = ['role', 'scope', 'minutes', 'ticket', 'reason', 'bundle'];
const mostRoles = 30;
const longestDays = 30;

/** What of a query is a link to the form: to come back with after signing in. Empty: it is none. */
export function linkQuery(query: Query): string {
  const kept = known.flatMap((name) => listOf(query[name]).map((value): [string, string] => [name, value]));
  const isLink = kept.some(([name]) => name === 'role' || name === 'bundle');
  return isLink ? new URLSearchParams(kept).toString() : '';
}

export function readLink(query: Query, rows: readonly EligibleRow[], bundles: readonly Bundle[]): LinkRead {
  const notes: string[] = [];
  const keys = new Set<string>();
  const own: Record<string, OwnChoice> = {};
  const scopes = listOf(query.scope);
  for (const [place, role] of listOf(query.role).slice(0, mostRoles).entries()) {
    const scope = scopes[place] ?? '';
    const found = rows.filter((row) => isCalled(row, role) && (!scope || isAt(row, scope)));
    const [only, other] = found;
    const wider = only ? null : widerThan(rows, role, scope);
    if (only && !other) keys.add(only.key);
    else if (wider) {
      keys.add(wider.key);
      own[wider.key] = { narrower: { id: scope, name: lastOf(scope) } };
    } else notes.push(other ? severalWords(role, found) : noneWords(role, scope));
  }
  const id = listOf(query.bundle)[0];
  const bundle = bundles.find((one) => one.id === id);
  if (id && !bundle) {
    notes.push(
      'The bundle of this link is not there any more, or not shared with you. Ask who sent the link.',
    );
  }
  const plan = bundle && planOf(bundle, rows);
  for (const { key } of [...(plan?.ready ?? []), ...(plan?.on ?? [])]) keys.add(key);
  for (const role of plan?.not ?? []) notes.push(noneWords(roleAtScopeName(role), ''));
  const minutes = Number(listOf(query.minutes)[0]);
  const isLength = Number.isInteger(minutes) && minutes > 0 && minutes <= longestDays * 1440;
  const form = {
    ...emptyForm,
    justification: (listOf(query.reason)[0] ?? '').slice(0, longestJustification),
    ticketNumber: (listOf(query.ticket)[0] ?? '').slice(0, longestTicket),
    duration: isLength ? inWords(minutes) : null,
  };
  return {
    draft: { keys: [...keys], form, own: { ...own, ...plan?.own }, bundleId: bundle?.id ?? null },
    notes,
  };
}

function listOf(value: string | string[] | undefined): string[] {
  return (Array.isArray(value) ? value : [value ?? '']).map((one) => one.trim()).filter(Boolean);
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** By id, by name, by key; a group also by its own name. */
function isCalled(row: EligibleRow, role: string): boolean {
  const names = [row.key, row.roleId, row.roleName, ...(row.plane === 'group' ? [row.scopeName] : [])];
  return names.some((name) => same(name, role));
}

function isAt({ scopeId, scopeName }: EligibleRow, scope: string): boolean {
  return same(scopeId, scope) || same(scopeName, scope);
}

/** Where one is eligible around a place that the link names by its ARM id: the nearest. Azure says whether it is there. */
function widerThan(rows: readonly EligibleRow[], role: string, scope: string): EligibleRow | null {
  const around = rows.filter(
    (row) =>
      row.plane === 'azure' &&
      isCalled(row, role) &&
      same(scope.slice(0, row.scopeId.length + 1), `${row.scopeId}/`),
  );
  return around.toSorted((one, other) => other.scopeId.length - one.scopeId.length)[0] ?? null;
}

const lastOf = (scope: string) => scope.split('/').at(-1) ?? scope;

function severalWords(role: string, found: EligibleRow[]): string {
  return `You have “${role}” at several places: ${found.map(({ scopeName }) => scopeName).join(', ')}. Tick the one you need.`;
}

function noneWords(role: string, scope: string): string {
  const where = scope ? ` at “${scope}”` : '';
  return `You are not eligible for “${role}”${where}. If that is new, press Refresh; otherwise ask for the eligibility where you got the link.`;
}
