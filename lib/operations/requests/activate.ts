import { randomUUID } from 'node:crypto';
import { and, count, eq, inArray, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue } from '#db/queue.ts';
import { mirrorEligible, mirrorPolicies } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import type { ApprovalVerdict } from '#lib/domain/approval-policy.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { type Ask, judge, type PolicyFacts, refusalIn, unknownPolicy } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { TicketCheck } from '#lib/domain/ticket.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { approvalJudge } from '#lib/operations/approval-policy/judge-filing.ts';
import { beginApproval, frozen } from '#lib/operations/approvals/begin-approval.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { ticketJudge } from '#lib/operations/tickets/judging.ts';
import { challengeAtFiling, type TokenChallenges, toldChallenge } from './challenges.ts';
import { guardSubmit } from './guard-submit.ts';
import { orderOfNeed } from './order-of-need.ts';
import { placed } from './placed.ts';
import { insertRequest, toldFiled } from './write-request.ts';

/** One submit: the same reason, ticket and start for every role, a length for each. */
export interface Submit {
  /** Made by whoever sends it, so that the same sent again is known by it; none: it is sent once. */
  submissionId?: string | undefined;
  roles: { key: string; minutes: number; narrowerScopeId?: string | undefined }[];
  justification: string;
  ticketNumber: string;
  startsAt: Date | null;
  /** The bundle it was asked for with. */
  bundleId?: string | null | undefined;
  /** The occurrence of an on-call window it is for. */
  occurrenceId?: string | undefined;
  /** What its system said of the ticket, asked before; without it the system counts as one that could not be asked. */
  ticketCheck?: TicketCheck | null | undefined;
}

export interface Answer {
  key: string;
  requestId: string | null;
  refusal: Refusal | null;
}

type Eligible = typeof mirrorEligible.$inferSelect;
/** Open requests a person may have at once. */
const mostPending = 50;
const pendingStatuses = [
  ...(['awaiting_signatures', 'approved', 'filed'] as const),
  ...(['needs_you', 'awaiting_approval', 'scheduled'] as const),
];
const nothingAsked: ApprovalVerdict = { is: 'none' };

/**
 * Files activations for the person themself: each role is judged by its own policy, and each answered on
 * its own. What is accepted is written down with its job before Azure hears of it, or with the stronger sign-in that
 * has to be made first. A submit that comes again, since its answer was lost, finds what it filed the first time.
 */
export async function activate(
  ctx: PersonContext,
  submit: Submit,
  seal: SealedTokens,
  asked: TokenChallenges = {},
): Promise<{ submissionId: string; answers: Answer[] }> {
  const submissionId = submit.submissionId ?? randomUUID();
  const filed = await change(
    ctx,
    (tx) => gate(tx, ctx, submit, submissionId),
    async (tx, { order, eligible, policies, before, ticket, stint, now }) => {
      const answers: Answer[] = [];
      const entries: Told[] = [];
      for (const { key, minutes, narrowerScopeId } of order.roles) {
        const known = before.get(key);
        if (known) {
          answers.push(answered(key, known, null, answers));
          continue;
        }
        const ask: Ask = { ...submit, minutes };
        const { role, policy, no } = await placed(
          tx,
          eligible.get(key),
          policies.get(key) ?? null,
          submit,
          narrowerScopeId,
        );
        const first = order.firstOf(key, answers);
        const verdict = judge(ask, (role && ticket.rulesOf(role, policy)) ?? unknownPolicy, now);
        const approval = role ? stint.verdictOf(role, minutes) : nothingAsked;
        const refusal = role
          ? (refusalIn(verdict) ?? first.refusal ?? ticket.refusalOf(role) ?? frozen(approval))
          : no;
        const isStaged = approval.is === 'stages';
        const challenge = role && !isStaged ? challengeAtFiling(role.plane, verdict, asked) : null;
        const { bundleId = null, occurrenceId = null } = submit;
        const own = { submissionId, afterId: first.id, bundleId, occurrenceId };
        const facts = { policy, now, challenge, isStaged };
        const request = role && !refusal ? await insertRequest(tx, ctx, role, ask, own, facts) : null;
        if (request && role) {
          entries.push(toldFiled(request, role, ask, own), ...(await ticket.keep(tx, request)));
          entries.push(...(await beginApproval(tx, request, { ...stint, verdict: approval, now })));
          if (challenge) entries.push(toldChallenge(request, challenge));
          else if (!isStaged) {
            await keepToken(tx, request, audienceOf[role.plane], seal);
            // What waits for another is woken by it.
            if (!first.id) await enqueue(tx, 'provision', { requestId: request, traceId: ctx.traceId });
          }
        }
        // A live request in its way may be what this very submit, sent twice at once, filed a moment ago.
        const twin = request || refusal ? null : (await filedBy(tx, ctx, submissionId)).get(key);
        answers.push(answered(key, request ?? twin ?? null, refusal, answers));
      }
      await announce(tx, [ctx.actor.objectId]);
      failPoint('activate:before-commit');
      return { value: { submissionId, answers }, entries };
    },
  );
  failPoint('activate:after-intent');
  return filed;
}

/** What is judged, in one round trip: many file at once, and each waits for the database as often as it is asked. */
async function gate(tx: Tx, ctx: PersonContext, submit: Submit, submissionId: string) {
  if (submit.roles.length === 0) throw new Refusal('malformed', 'Choose at least one role.');
  const me = ctx.actor.objectId;
  // One submit of a person at a time: two would count the same open requests, or wait for each other's roles for ever.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`submits ${me}`}))`);
  const before = submit.submissionId ? await filedBy(tx, ctx, submissionId) : new Map<string, string>();
  const open = tx
    .select({ n: count() })
    .from(requests)
    .where(and(eq(requests.requesterId, me), inArray(requests.status, [...pendingStatuses])));
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
  const asked = submit.roles.filter(({ key }) => !before.has(key)).length;
  if (first.open + asked > mostPending) throw new Refusal('too_many_pending');
  const eligible = new Map<string, Eligible>();
  const policies = new Map<string, PolicyFacts>();
  for (const { role, facts } of found) {
    if (role) eligible.set(roleKey(role), role);
    if (role && facts) policies.set(roleKey(role), facts);
  }
  const now = new Date(first.now);
  const order = await orderOfNeed(tx, me, submit.roles, { eligible, policies });
  const roles = submit.roles.flatMap(({ key }) => eligible.get(key) ?? []);
  await guardSubmit(
    tx,
    ctx,
    submit.justification,
    roles.filter((role) => !before.has(roleKey(role))),
  );
  const ticket = await ticketJudge(tx, ctx.actor, submit, roles, now);
  const stint = await approvalJudge(tx, ctx.actor, submit, roles, now);
  return { order, eligible, policies, before, ticket, stint, now };
}

/** What this person filed by this submit: the request's id by the role's key. */
async function filedBy(tx: Tx, ctx: PersonContext, submissionId: string): Promise<Map<string, string>> {
  const rows = await tx
    .select()
    .from(requests)
    .where(and(eq(requests.submissionId, submissionId), eq(requests.requesterId, ctx.actor.objectId)));
  return new Map(
    rows.map(({ eligibleScopeId, ...row }) => [
      roleKey({ ...row, scopeId: eligibleScopeId ?? row.scopeId }),
      row.id,
    ]),
  );
}

/** A role that one submit names twice is filed for the first of the two. */
function answered(
  key: string,
  requestId: string | null,
  refusal: Refusal | null,
  before: readonly Answer[],
): Answer {
  if (requestId && !before.some((one) => one.requestId === requestId))
    return { key, requestId, refusal: null };
  return { key, requestId: null, refusal: refusal ?? new Refusal('already_live') };
}
