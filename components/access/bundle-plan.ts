import { inWords } from '#lib/domain/time.ts';
import type { Bundle, BundleRole } from '#lib/queries/own-choice-rows.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';
import type { OwnChoice } from './ask.ts';

/** What would become of a bundle now. */
export interface BundlePlan {
  /** To be asked for; what a group of it gives is among them. */
  ready: EligibleRow[];
  /** On or asked for already. */
  on: BundleRole[];
  /** Not the viewer's to activate: left out. */
  not: BundleRole[];
  own: Record<string, OwnChoice>;
}

export function planOf({ roles }: Pick<Bundle, 'roles'>, rows: readonly EligibleRow[]): BundlePlan {
  const pool = new Map(rows.map((row) => [row.key, row]));
  const asked = new Set(roles.map(({ key }) => key));
  const plan: BundlePlan = { ready: [], on: [], not: [], own: {} };
  for (const role of roles) {
    const row = pool.get(role.key) ?? gained(role, asked, pool);
    if (!row) plan.not.push(role);
    else if (row.blocked) plan.on.push(role);
    else plan.ready.push(row);
    if (row && role.minutes !== null) plan.own[role.key] = { duration: inWords(role.minutes) };
  }
  return plan;
}

/** What a group of the same bundle would give, as a row to ask with. */
function gained(
  { minutes, givers, ...role }: BundleRole,
  asked: ReadonlySet<string>,
  pool: ReadonlyMap<string, EligibleRow>,
): EligibleRow | null {
  const giver = givers.find(({ key }) => asked.has(key) && pool.has(key));
  if (!giver) return null;
  const unknown = { dangers: [], critical: false, activations: 0, lastActivatedAt: null, usual: null };
  return {
    ...role,
    ...unknown,
    throughGroupName: giver.name,
    endsAt: null,
    blocked: null,
    favourite: null,
    speed: null,
    locks: [],
    onByRequestId: null,
  };
}

/** What one may choose from: one's own roles, and what the groups of one's bundles would give. */
export function withGained(rows: EligibleRow[], bundles: readonly Bundle[]): EligibleRow[] {
  const known = new Set(rows.map(({ key }) => key));
  const more = bundles.flatMap((bundle) => planOf(bundle, rows).ready).filter(({ key }) => !known.has(key));
  return more.length === 0 ? rows : [...rows, ...new Map(more.map((row) => [row.key, row])).values()];
}
