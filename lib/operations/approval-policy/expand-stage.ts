import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { criticalAmong } from '#db/critical-among.ts';
import type { ApproverSet, Stage } from '#lib/domain/approval-policy.ts';
import { accountsOf, accountsOfEach } from './accounts-of.ts';
import { awayAmong } from './away-among.ts';
import { excludedBy } from './excluded-by.ts';
import { type Expanding, membersOf } from './set-members.ts';

/** Somebody who may sign a stage now. */
export interface StageApprover {
  approverId: string;
  approverName: string;
  /** The set that makes them one, in words; null: named themselves. */
  through: string | null;
  /** Whom they stand in for. */
  forId: string | null;
  forName: string | null;
  isEscalated: boolean;
  /** Of whoever they stand in for, where they do. */
  set: ApproverSet;
}

/** Somebody in one of the sets who may not sign, and why. */
export interface LeftOut {
  id: string;
  name: string;
  why: string;
}

/**
 * Who may sign a stage of a request now. Nobody else ever does: an empty answer is nobody. Never the requester, nor who
 * is excluded, with any account. Who is away is out, and their deputy in, unless that one is away too; for a critical role
 * only a deputy whom the stage or its escalation names as well.
 */
export async function expandStage(
  tx: Tx,
  stage: Stage,
  request: Expanding,
  { escalated }: { escalated: boolean },
): Promise<StageApprover[]> {
  return (await expanded(tx, stage, request, { escalated })).approvers;
}

/** The same with who is left out. */
export async function expanded(
  tx: Tx,
  stage: Stage,
  request: Expanding,
  { escalated }: { escalated: boolean },
): Promise<{ approvers: StageApprover[]; leftOut: LeftOut[] }> {
  const now = await clock(tx);
  const own = await accountsOf(tx, request.requesterId, request.filedAt);
  const sets = [
    ...stage.approvers.map((set) => ({ set, isEscalated: false })),
    ...(escalated ? (stage.escalation?.approvers ?? []) : []).map((set) => ({ set, isEscalated: true })),
  ];
  const members = (set: ApproverSet) => membersOf(tx, set, request, own, now);
  const found: StageApprover[] = [];
  const leftOut = new Map<string, LeftOut>();
  for (const { set, isEscalated } of sets) {
    const nobody = { forId: null, forName: null };
    for (const { id, name, through } of await members(set))
      found.push({ approverId: id, approverName: name ?? id, through, ...nobody, isEscalated, set });
  }
  const away = await awayAmong(
    tx,
    found.map(({ approverId }) => approverId),
  );
  const asked = [...found.map(({ approverId }) => approverId), ...away.deputies];
  const excluded = await excludedBy(tx, stage, await accountsOfEach(tx, asked, request.filedAt));
  const known = await ableAmong(tx, asked);
  const refuse = (id: string): string | null => {
    if (id === request.requesterId) return 'asks for it';
    if (own.includes(id)) return 'is the requester’s other account';
    const left = excluded(id);
    if (left) return left;
    return known.get(id) === false ? 'has no account that could sign any more' : null;
  };
  const approvers = new Map<string, StageApprover>();
  const stands: StageApprover[] = [];
  for (const one of found) {
    const { approverId: id, approverName: name } = one;
    const absence = away.of(id);
    const no = refuse(id) ?? (absence ? `is away until ${absence.until}` : null);
    if (no) leftOut.set(id, { id, name, why: no });
    else if (!approvers.has(id)) approvers.set(id, one);
    // Who may not sign cannot have it signed for them either.
    if (absence?.deputy && !refuse(id)) {
      const { id: approverId, name: approverName } = absence.deputy;
      stands.push({ ...one, approverId, approverName, forId: id, forName: name });
    }
  }
  const isCritical = stands.length > 0 && (await criticalAmong(tx, [request]))(request);
  const trusted = new Set(found.map(({ approverId }) => approverId));
  for (const set of (isCritical && stage.escalation?.approvers) || [])
    for (const { id } of await members(set)) trusted.add(id);
  for (const one of stands) {
    const { approverId: id, approverName: name } = one;
    const chosen =
      isCritical && !trusted.has(id)
        ? 'is named neither by this stage nor by its escalation, and the role is critical'
        : null;
    const no = refuse(id) ?? (away.of(id) ? 'is away too' : chosen);
    if (no) leftOut.set(id, leftOut.get(id) ?? { id, name, why: no });
    else if (!approvers.has(id)) approvers.set(id, one);
  }
  return { approvers: [...approvers.values()], leftOut: [...leftOut.values()] };
}

/** Which of these accounts can sign in; of whom nothing was read, nothing is said. */
async function ableAmong(tx: Tx, ids: readonly string[]): Promise<Map<string, boolean>> {
  if (ids.length === 0) return new Map();
  const result = await tx.execute(sql`
    select id, kind in ('member', 'guest') and gone_at is null and enabled is not false as able from principals
    where id = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)))`);
  const { rows } = result as unknown as { rows: { id: string; able: boolean }[] };
  return new Map(rows.map(({ id, able }) => [id, able]));
}
