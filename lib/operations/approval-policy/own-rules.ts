import { and, eq, sql } from 'drizzle-orm';
import { db, type Tx, transaction } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { placeChain } from '#db/place-chain.ts';
import { mirrorEligible, mirrorPolicies } from '#db/schema/mirror.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { rulesAbout } from '#lib/domain/approval-rules.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { type HeldBy, heldBy } from '#lib/domain/held-by.ts';
import { placesFreshMinutes } from '#lib/domain/narrower.ts';
import { checkSeen } from '#lib/operations/tickets/check-ticket.ts';
import { askFacts } from './ask-facts.ts';
import { policyInForce } from './policy-in-force.ts';
import { judgedBy } from './try-policy.ts';

interface OwnStages {
  /** By the role's key; where no rule has stages: nothing. */
  held: Record<string, { by: HeldBy; sentence: string }>;
  /** Whether there is any rule or freeze at all. */
  isAny: boolean;
}

/** What holds Stint's stages at the roles the viewer is eligible for. */
export async function ownRules(viewer: Pick<Actor, 'objectId'>): Promise<OwnStages> {
  const inForce = await policyInForce(db());
  const isAny = inForce.policy.rules.length + inForce.policy.freezes.length > 0;
  if (inForce.policy.rules.length === 0) return { held: {}, isAny };
  return transaction(async (tx) => {
    const rows = await eligible(tx, viewer.objectId);
    const roles = rows.map(({ role }) => role);
    const asked = { ticketNumber: '', startsAt: null };
    const facts = await askFacts(tx, inForce.policy, viewer.objectId, asked, roles, await clock(tx));
    const held: OwnStages['held'] = {};
    for (const { role, policy } of rows) {
      const about = rulesAbout(inForce.policy, facts(role, 60));
      if (about.some(({ then }) => then.is === 'stages')) held[roleKey(role)] = heldBy(policy, 'stages');
    }
    return { held, isAny };
  });
}

/** What one role of an ask would wait for, before it is sent. */
export interface OwnPreview {
  key: string;
  is: 'automatic' | 'stages' | 'frozen';
  /** Of the rule or freeze. */
  name: string;
  stages: { name: string; signatures: number; approvers: string[] }[];
  sentence: string;
}

interface Wanted {
  roles: { key: string; minutes: number; narrowerScopeId?: string | undefined }[];
  startsAt: Date | null;
  ticketNumber: string;
}

/** What the viewer's own ask would meet, role by role; what they are not eligible for, or no rule is about, is left out. */
export async function previewOwn(viewer: Actor, wanted: Wanted): Promise<OwnPreview[]> {
  const inForce = await policyInForce(db());
  if (inForce.policy.rules.length === 0 && inForce.policy.freezes.length === 0) return [];
  const ticketCheck = await checkSeen(wanted.ticketNumber);
  return transaction(async (tx) => {
    const known = new Map((await eligible(tx, viewer.objectId)).map(({ role }) => [roleKey(role), role]));
    const previews: OwnPreview[] = [];
    for (const { key, minutes, narrowerScopeId } of wanted.roles) {
      const own = known.get(key);
      if (!own) continue;
      const scopeId = narrowerScopeId ?? own.scopeId;
      // Of a place that Azure never told them of, nobody hears who owns it.
      const isOwn = scopeId.toLowerCase() === own.scopeId.toLowerCase();
      if (!isOwn && !(await placeChain(tx, viewer.objectId, placeOf(own.scopeId, scopeId)))) continue;
      const role = { ...own, scopeId };
      const asking = {
        ...wanted,
        ticketCheck,
        personId: viewer.objectId,
        requesterName: viewer.name,
        role,
        minutes,
      };
      const { is, name, stages, held } = await judgedBy(tx, inForce, asking);
      if (is === 'none') continue;
      const asks = stages.map(({ approvers, ...stage }) => ({
        ...{ name: stage.name, signatures: stage.signatures },
        approvers: approvers.map((one) => one.name),
      }));
      previews.push({ key, is, name: name ?? '', stages: asks, sentence: held.sentence });
    }
    return previews;
  });
}

const placeOf = (eligibleScopeId: string, scopeId: string) => ({
  ...{ eligibleScopeId, scopeId, freshMinutes: placesFreshMinutes },
});

async function eligible(tx: Tx, personId: string) {
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = mirrorEligible;
  const rows = await tx
    .select({
      role: { plane, roleId, scopeId, roleName, scopeName, scopeKind },
      policy: mirrorPolicies.facts,
    })
    .from(mirrorEligible)
    .leftJoin(
      mirrorPolicies,
      and(
        eq(mirrorPolicies.plane, plane),
        eq(mirrorPolicies.roleId, roleId),
        eq(sql`lower(${mirrorPolicies.scopeId})`, sql`lower(${scopeId})`),
      ),
    )
    .where(eq(mirrorEligible.principalId, personId));
  return rows;
}
