import { randomUUID } from 'node:crypto';
import { and, count, eq, inArray, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import { mirrorEligible, mirrorPolicies } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { type Ask, judge, type PolicyFacts, unknownPolicy } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { failPoint } from '#lib/operations/fail-points.ts';

/** One submit: the same reason, ticket and start for every role, a length for each. */
export interface Submit {
  roles: { key: string; minutes: number }[];
  justification: string;
  ticketNumber: string;
  startsAt: Date | null;
}

export interface Answer {
  key: string;
  requestId: string | null;
  refusal: Refusal | null;
}

type Eligible = typeof mirrorEligible.$inferSelect;

/** Open requests a person may have at once. */
const mostPending = 50;
/** If the provisioning job is lost, the next look files it again. */
const lookAgainMinutes = 2;

/**
 * Files activations for the person themself: each role is judged by its own policy, and each answered on
 * its own. What is accepted is written down with its job before Azure hears of it.
 */
export async function activate(
  ctx: PersonContext,
  submit: Submit,
  seal: SealedTokens,
): Promise<{ submissionId: string; answers: Answer[] }> {
  const submissionId = randomUUID();
  const filed = await change(
    ctx,
    (tx) => gate(tx, ctx, submit),
    async (tx, { eligible, policies, now }) => {
      const answers: Answer[] = [];
      const entries: Told[] = [];
      for (const { key, minutes } of submit.roles) {
        const ask: Ask = { ...submit, minutes };
        const role = eligible.get(key);
        const policy = policies.get(key) ?? null;
        const refusal = role ? refusalOf(ask, policy, now) : new Refusal('not_eligible');
        const request = role && !refusal ? await insert(tx, ctx, role, ask, policy, submissionId, now) : null;
        if (request && role) {
          await keepToken(tx, request, audienceOf[role.plane], seal);
          await enqueue(tx, 'provision', { requestId: request, traceId: ctx.traceId });
          entries.push(told(request, role, ask, submissionId));
        }
        answers.push({
          key,
          requestId: request,
          refusal: request ? null : (refusal ?? new Refusal('already_live')),
        });
      }
      await announce(tx, [ctx.actor.objectId]);
      return { value: { submissionId, answers }, entries };
    },
  );
  failPoint('activate:after-intent');
  return filed;
}

/** What is judged, in one round trip: many file at once, and each waits for the database as often as it is asked. */
async function gate(tx: Tx, ctx: PersonContext, submit: Submit) {
  if (submit.roles.length === 0) throw new Refusal('malformed', 'Choose at least one role.');
  const me = ctx.actor.objectId;
  const open = tx
    .select({ n: count() })
    .from(requests)
    .where(
      and(
        eq(requests.requesterId, me),
        inArray(requests.status, ['filed', 'needs_you', 'awaiting_approval', 'scheduled']),
      ),
    );
  const { plane, roleId, scopeId } = mirrorEligible;
  const found = await tx
    .select({
      open: sql<number>`(${open})::int`,
      now: sql<string | Date>`(select stint_now())`,
      role: mirrorEligible,
      facts: mirrorPolicies.facts,
    })
    // One row at least, that tells the time, though the person may have nothing at all.
    .from(sql`(values (true)) as always`)
    .leftJoin(mirrorEligible, eq(mirrorEligible.principalId, me))
    .leftJoin(
      mirrorPolicies,
      and(
        eq(mirrorPolicies.plane, plane),
        eq(mirrorPolicies.roleId, roleId),
        eq(mirrorPolicies.scopeId, scopeId),
      ),
    );
  const [first] = found;
  if (!first) throw new Error('The database did not tell the time.');
  if (first.open + submit.roles.length > mostPending) throw new Refusal('too_many_pending');
  const eligible = new Map<string, Eligible>();
  const policies = new Map<string, PolicyFacts>();
  for (const { role, facts } of found) {
    if (role) eligible.set(roleKey(role), role);
    if (role && facts) policies.set(roleKey(role), facts);
  }
  return { eligible, policies, now: new Date(first.now) };
}

function refusalOf(ask: Ask, policy: PolicyFacts | null, now: Date): Refusal | null {
  const verdict = judge(ask, policy ?? unknownPolicy, now);
  if (verdict.outcome === 'needs_step_up') return new Refusal('step_up_needed');
  if (verdict.outcome !== 'refused') return null;
  const [fault] = verdict.faults;
  return fault ? new Refusal(fault.code, fault.detail, fault.field) : new Refusal('malformed');
}

/** The new request's id, or null when the person already has a live one for this role and scope. */
async function insert(
  tx: Tx,
  ctx: PersonContext,
  role: Eligible,
  ask: Ask,
  policy: PolicyFacts | null,
  submissionId: string,
  now: Date,
): Promise<string | null> {
  const { principalId, throughGroupId, throughGroupName, endsAt, ...facts } = role;
  const [row] = await tx
    .insert(requests)
    .values({
      ...facts,
      id: randomUUID(),
      submissionId,
      origin: 'stint',
      requesterId: principalId,
      requesterName: ctx.actor.name,
      justification: ask.justification,
      ticketNumber: ask.ticketNumber,
      minutes: ask.minutes,
      wantedStartAt: ask.startsAt,
      status: 'filed',
      policy,
      filedAt: now,
      checkAt: plusMinutes(now, lookAgainMinutes),
    })
    .onConflictDoNothing()
    .returning({ id: requests.id });
  return row?.id ?? null;
}

function told(id: string, role: Eligible, ask: Ask, submissionId: string): Told {
  const { plane, roleId, scopeId, roleName, scopeName } = role;
  const { minutes, justification, ticketNumber, startsAt } = ask;
  return {
    action: 'request.filed',
    subject: { kind: 'request', id },
    details: {
      plane,
      roleId,
      scopeId,
      roleName,
      scopeName,
      minutes,
      justification,
      ticketNumber,
      startsAt,
      submissionId,
    },
  };
}
