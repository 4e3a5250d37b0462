import { and, eq, ne } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { mirrorEligible, mirrorPolicies } from '#db/schema/mirror.ts';
import { onCallWindows } from '#db/schema/on-call.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { type OnCallPattern, type OnCallRole, patternFaults } from '#lib/domain/on-call.ts';
import { judge, refusalIn, unknownPolicy } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { guardReason } from '#lib/operations/requests/guard-submit.ts';
import { placed } from '#lib/operations/requests/placed.ts';
import { spread } from './spread.ts';

/** What a form asks for. */
interface WindowAsk {
  /** The form's own: sent twice, it is one window. */
  id: string;
  roles: readonly { key: string; minutes: number; narrowerScopeId?: string | undefined }[];
  pattern: OnCallPattern;
  justification: string;
  ticketNumber: string;
}

const mostRoles = 20;
const mostWindows = 20;

/**
 * Plans on-call windows for the person themself: nothing is asked of Azure yet. Each role has to be one they are eligible
 * for now, at a length its policy allows; every occurrence is judged again when it is asked for.
 * @throws Refusal `malformed` (the first wrong field), or what stands against the first wrong role.
 */
export async function makeWindow(ctx: PersonContext, ask: WindowAsk): Promise<string> {
  return change(
    ctx,
    async (tx) => {
      const now = await clock(tx);
      const minutes = ask.roles.map((role) => role.minutes);
      if (minutes.length === 0 || minutes.length > mostRoles)
        throw new Refusal('malformed', `Choose one role at least, and ${mostRoles} at most.`);
      const [fault] = Object.entries(patternFaults(ask.pattern, minutes, now));
      if (fault) throw new Refusal('malformed', fault[1], fault[0]);
      const own = and(eq(onCallWindows.personId, ctx.actor.objectId), ne(onCallWindows.status, 'ended'));
      if ((await tx.$count(onCallWindows, own)) >= mostWindows)
        throw new Refusal('malformed', `You have ${mostWindows} windows already. End one first.`);
      await guardReason(tx, ask.justification);
      return { now, roles: await judged(tx, ctx, ask, now) };
    },
    async (tx, { now, roles }) => {
      const { id, pattern, justification, ticketNumber } = ask;
      const person = { personId: ctx.actor.objectId, personName: ctx.actor.name };
      const [made] = await tx
        .insert(onCallWindows)
        .values({
          ...{ id, ...person, roles, pattern, justification, ticketNumber },
          status: 'running',
          createdAt: now,
        })
        .onConflictDoNothing()
        .returning();
      if (!made) return { value: await again(tx, ctx, id), entries: [] };
      await spread(tx, made, now);
      await announce(tx, [ctx.actor.objectId]);
      const details = { roles, pattern, justification, ticketNumber };
      return {
        value: id,
        entries: [{ action: 'on_call.planned', subject: { kind: 'on_call', id }, details }],
      };
    },
  );
}

/** The same form once more: the window it made the first time. */
async function again(tx: Tx, ctx: PersonContext, id: string): Promise<string> {
  const [there] = await tx.select().from(onCallWindows).where(eq(onCallWindows.id, id));
  if (there?.personId !== ctx.actor.objectId) throw new Refusal('conflict');
  return id;
}

async function judged(tx: Tx, ctx: PersonContext, ask: WindowAsk, now: Date): Promise<OnCallRole[]> {
  const eligible = await tx
    .select()
    .from(mirrorEligible)
    .where(eq(mirrorEligible.principalId, ctx.actor.objectId));
  const roles: OnCallRole[] = [];
  for (const { key, minutes, narrowerScopeId } of ask.roles) {
    const found = eligible.find((row) => roleKey(row) === key);
    const known = found ? await policyOf(tx, found) : null;
    // As if it began long from now: what is on today does not stand in the way.
    const startsAt = new Date(now.getTime() + 24 * 3_600_000);
    const { role, policy, no } = await placed(tx, found, known, { startsAt }, narrowerScopeId);
    if (!role) throw no;
    const verdict = judge({ ...ask, minutes, startsAt: null }, policy ?? unknownPolicy, now);
    const refusal = refusalIn(verdict);
    if (refusal) throw refusal;
    const { plane, roleId, roleName, scopeName, scopeKind, scopeId } = role;
    const narrower = role.eligibleScopeId ? { id: scopeId, name: scopeName } : null;
    roles.push({ key, plane, roleId, scopeId, roleName, scopeName, scopeKind, minutes, narrower });
  }
  return roles;
}

async function policyOf(tx: Tx, role: typeof mirrorEligible.$inferSelect) {
  const rows = await tx.select().from(mirrorPolicies).where(eq(mirrorPolicies.roleId, role.roleId));
  return rows.find((row) => roleKey(row) === roleKey(role))?.facts ?? null;
}
