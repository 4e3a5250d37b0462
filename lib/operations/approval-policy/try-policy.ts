import { and, eq, sql } from 'drizzle-orm';
import { type Tx, transaction } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { principals } from '#db/schema/inventory.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import { people } from '#db/schema/people.ts';
import type { ApprovalPolicy, RuleTrail } from '#lib/domain/approval-policy.ts';
import { approvalPolicyFaults } from '#lib/domain/approval-policy-faults.ts';
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import { type HeldBy, heldBy } from '#lib/domain/held-by.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { TicketCheck } from '#lib/domain/ticket.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { expanded } from './expand-stage.ts';
import { judgeBy } from './judge-filing.ts';
import { policyInForce } from './policy-in-force.ts';

type Role = RoleAtScope & RoleNames;

interface Trial {
  personId: string;
  role: Role;
  minutes: number;
  startsAt: Date | null;
  ticketNumber: string;
  ticketCheck?: TicketCheck | null;
  /** One that is not saved yet; null: the one in force. */
  policy: ApprovalPolicy | null;
}

interface TriedStage {
  name: string;
  signatures: number;
  approvers: { id: string; name: string; through: string | null; forName: string | null }[];
  leftOut: { id: string; name: string; why: string }[];
  /** Who may sign as well once it has waited; null: nobody more. */
  later: { afterMinutes: number; names: string[] } | null;
}

interface Tried {
  is: 'none' | 'automatic' | 'stages' | 'frozen';
  /** The rule or freeze that decides. */
  name: string | null;
  trail: RuleTrail[];
  stages: TriedStage[];
  held: { by: HeldBy; sentence: string };
}

/**
 * What would happen if somebody asked for a role, rule by rule, and who could sign now. Nothing is filed.
 * @throws Refusal `not_found` for who does not administer Stint, or whom Stint does not know; `malformed` where the
 * policy that is tried could not be saved.
 */
export async function tryPolicy(ctx: PersonContext, trial: Trial): Promise<Tried> {
  if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
  const [fault] = trial.policy ? approvalPolicyFaults(trial.policy) : [];
  if (fault) throw new Refusal('malformed', fault.why, fault.at);
  return transaction(async (tx) => {
    const inForce = await policyInForce(tx);
    const policy = trial.policy ?? inForce.policy;
    const requesterName = await nameOf(tx, trial.personId);
    return judgedBy(tx, { policy, version: inForce.version }, { ...trial, requesterName });
  });
}

type Asked = Omit<Trial, 'policy'> & { requesterName: string };

/** What one person's ask for one role would meet. */
export async function judgedBy(
  tx: Tx,
  inForce: { policy: ApprovalPolicy; version: number },
  asked: Asked,
): Promise<Tried> {
  const { personId: objectId, role, minutes } = asked;
  const judge = await judgeBy(tx, inForce, { objectId }, asked, [role], await clock(tx));
  const { verdict, trail } = judge.judged(role, minutes);
  const held = heldBy(await factsOf(tx, role), verdict.is);
  const rule = verdict.is === 'frozen' ? verdict.freeze : verdict.is === 'none' ? null : verdict.rule;
  const stages: TriedStage[] = [];
  const asking = { ...role, requesterId: objectId, requesterName: asked.requesterName, filedAt: null };
  for (const stage of verdict.is === 'stages' ? verdict.rule.then.stages : []) {
    const { approvers, leftOut } = await expanded(tx, stage, asking, { escalated: false });
    const able = approvers.map(({ approverId: id, approverName: name, through, forName }) => ({
      ...{ id, name, through, forName },
    }));
    const later = stage.escalation && {
      afterMinutes: stage.escalation.afterMinutes,
      names: (await expanded(tx, stage, asking, { escalated: true })).approvers.flatMap((one) =>
        one.isEscalated ? one.approverName : [],
      ),
    };
    stages.push({ name: stage.name, signatures: stage.signatures, approvers: able, leftOut, later });
  }
  return { is: verdict.is, name: rule?.name ?? null, trail, stages, held };
}

async function factsOf(tx: Tx, { plane, roleId, scopeId }: Role) {
  const { facts, ...at } = mirrorPolicies;
  const isOfRole = and(
    ...[eq(at.plane, plane), eq(at.roleId, roleId), eq(sql`lower(${at.scopeId})`, scopeId.toLowerCase())],
  );
  const [row] = await tx.select({ facts }).from(mirrorPolicies).where(isOfRole);
  return row?.facts ?? null;
}

async function nameOf(tx: Tx, id: string): Promise<string> {
  const [read] = await tx.select().from(principals).where(eq(principals.id, id));
  const [met] = read ? [] : await tx.select().from(people).where(eq(people.objectId, id));
  const name = read?.name ?? met?.name;
  if (!name) throw new Refusal('not_found');
  return name;
}
