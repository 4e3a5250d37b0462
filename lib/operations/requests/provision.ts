import { and, eq } from 'drizzle-orm';
import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue } from '#db/queue.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import { requestApprovers } from '#db/schema/requests.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { FiledRequest, PersonPorts } from '#lib/azure/ports.ts';
import { challengeNote } from '#lib/domain/challenge.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { dropTokens, tokenOf } from '#lib/operations/act-tokens.ts';
import { accountsOf } from '#lib/operations/approval-policy/accounts-of.ts';
import { passOn } from '#lib/operations/approvals/pass-on.ts';
import { type Changed, change } from '#lib/operations/change.ts';
import type { Context, OpenToken } from '#lib/operations/context.ts';
import { askPimApprovers } from '#lib/operations/letters/tell-of-pim.ts';
import { challengeIn, needStepUp } from './challenges.ts';
import { failureWords } from './failure-words.ts';
import { inItsTurn, withEligibility } from './hold-back.ts';
import { doubtLooks, isInDoubt, stayInDoubt } from './in-doubt.ts';
import { loadRequest, move, mustLoad, note, type RequestRecord } from './move.ts';
import { narrowerWords } from './narrower-words.ts';
import { waitForEnd } from './wait-for-end.ts';

/** How often a request that waits for an approver is looked at: decisions made in Azure show within this. */
const waitingLookMinutes = 1;

/**
 * Files one request with Azure, once: the request's id is ARM's name and Graph's mark, so a second run
 * finds what the first one did. What Azure answers is recorded; what it is too busy for is tried again by
 * the queue while the person's token lasts, and then needs them.
 * @throws AzureFault that may be tried again.
 */
export async function provision(
  ctx: Context,
  requestId: string,
  ports: PersonPorts,
  open: OpenToken,
): Promise<void> {
  const found = await loadRequest(db(), requestId);
  const request = found && (await inItsTurn(ctx, found));
  if (request?.status !== 'filed') return;
  const token = await tokenOf(requestId, audienceOf[request.plane], open);
  if (!token) return isInDoubt(request) ? stayInDoubt(ctx, requestId) : needPerson(ctx, request);
  let filed: FiledRequest | null;
  failPoint('provision:before-act');
  try {
    const named = await withEligibility(ctx, request, ports, token);
    if (!named) return;
    filed = await ask(ports, token, named);
  } catch (error) {
    if (!(error instanceof AzureFault) || error.retry === 'later') throw error;
    if (error.kind === 'token_refused') return needPerson(ctx, request);
    const challenge = challengeIn(error, request);
    if (challenge) return needStepUp(ctx, request, challenge, error);
    if (error.kind === 'already_exists' && request.waitsForEnd) return waitForEnd(ctx, requestId);
    return fail(ctx, request, error);
  }
  if (!filed) return stayInDoubt(ctx, requestId);
  failPoint('provision:after-act');
  await change(
    ctx,
    (tx) => mustLoad(tx, requestId),
    (tx, seen) => recordFiled(tx, seen, filed, ctx.traceId),
  );
  failPoint('provision:after-record');
}

/** What Azure made of it; null when it has the role taken and does not show by what: perhaps by our own lost try. */
async function ask(ports: PersonPorts, token: string, request: RequestRecord): Promise<FiledRequest | null> {
  const port = ports[request.plane];
  const { plane, roleId, scopeId, id, requesterId, eligibilityId, justification, ticketNumber, minutes } =
    request;
  const role = { plane, roleId, scopeId };
  try {
    return await port.activate(token, {
      ...role,
      requestId: id,
      principalId: requesterId,
      eligibilityId,
      justification,
      ticketNumber,
      ticketSystem: '',
      startsAt: request.wantedStartAt,
      minutes,
      filedAt: request.filedAt,
    });
  } catch (error) {
    // “Exists already” may be our own earlier try, whose answer was lost.
    if (!(error instanceof AzureFault) || error.kind !== 'already_exists') throw error;
    const ours = await port.filed(token, { requestId: id, azureId: request.azureId, role });
    if (ours) return ours;
    const now = await clock(db());
    const isLast = request.misses >= doubtLooks;
    if (isLast || (await port.isTaken(token, { requestId: id, principalId: requesterId, role, now })))
      throw error;
    return null;
  }
}

/** Records what Azure made of a request; also used when the person's own token reads it again later. */
export async function recordFiled(
  tx: Tx,
  seen: RequestRecord,
  filed: FiledRequest,
  traceId: string,
): Promise<Changed<unknown>> {
  if (seen.status !== 'filed') return { value: null, entries: [] };
  // What Azure grants now, the same token finds working: the probe drops it, or its ten minutes do.
  const isGranted = filed.status === 'provisioning' || filed.status === 'provisioned';
  if (!isGranted) await dropTokens(tx, seen.id);
  const now = await clock(tx);
  const names = {
    azureId: filed.azureId,
    approvalId: filed.approvalId,
    misses: 0,
    challenge: null,
    failure: null,
  };
  const facts = { ...names, startsAt: filed.startsAt, endsAt: filed.endsAt };
  const said = { azureId: filed.azureId, azureStatus: filed.azureStatus };
  switch (filed.status) {
    case 'pending_approval': {
      // Azure names a window here too, but approval begins it: until then there is none.
      await nameApprovers(tx, seen);
      const checkAt = plusMinutes(now, waitingLookMinutes);
      const patch = { ...names, waitingSince: now, checkAt };
      const moved = await move(tx, seen, 'awaiting_approval', patch, 'request.awaiting_approval', said);
      const passed = await passOn(tx, moved.value, traceId);
      return { ...moved, entries: [...moved.entries, ...passed] };
    }
    case 'scheduled':
      return move(
        tx,
        seen,
        'scheduled',
        { ...facts, checkAt: filed.startsAt ?? now },
        'request.scheduled',
        said,
      );
    case 'provisioning':
    case 'provisioned':
      return move(tx, seen, 'provisioning', { ...facts, checkAt: now }, 'request.granted', said);
    default: {
      const failure = `Azure answered “${filed.azureStatus}”. Ask again, or look in the Azure portal.`;
      return move(tx, seen, 'failed', { ...facts, failure, checkAt: null }, 'request.failed', {
        ...said,
        failure,
      });
    }
  }
}

/** Puts down who may decide it, as the policy names them: never the person themself, by whatever account. */
export async function nameApprovers(tx: Tx, request: RequestRecord): Promise<void> {
  const policy = request.policy ?? (await policyLearnedSince(tx, request));
  const own = await accountsOf(tx, request.requesterId, request.filedAt);
  const others = (policy?.approvers ?? []).filter((approver) => !own.includes(approver.id));
  if (others.length === 0) return;
  await tx
    .insert(requestApprovers)
    .values(
      others.map((one) => ({
        requestId: request.id,
        approverId: one.id,
        approverName: one.name,
        through: one.through,
      })),
    )
    .onConflictDoNothing();
  await askPimApprovers(
    tx,
    request,
    others.map(({ id }) => id),
  );
}

/** Filed before its policy was known: perhaps it is by now. */
async function policyLearnedSince(tx: Tx, { plane, roleId, scopeId }: RequestRecord) {
  const [row] = await tx
    .select({ facts: mirrorPolicies.facts })
    .from(mirrorPolicies)
    .where(
      and(
        eq(mirrorPolicies.plane, plane),
        eq(mirrorPolicies.roleId, roleId),
        eq(mirrorPolicies.scopeId, scopeId),
      ),
    );
  return row?.facts ?? null;
}

/** The token is gone or refused: the same request waits for one click of the person. */
async function needPerson(ctx: Context, request: RequestRecord): Promise<void> {
  const failure = request.challenge
    ? challengeNote(request.challenge)
    : 'Azure was not asked in time, and Stint keeps nobody’s sign-in. Resume it: one click sends the same request.';
  await change(
    ctx,
    (tx) => mustLoad(tx, request.id),
    async (tx, seen) => {
      if (seen.status !== 'filed') return { value: null, entries: [] };
      await dropTokens(tx, seen.id);
      // An answer may have been lost: the look finds what Azure granted all the same.
      const checkAt = await clock(tx);
      return move(tx, seen, 'needs_you', { failure, checkAt }, 'request.needs_person');
    },
  );
}

async function fail(ctx: Context, request: RequestRecord, fault: AzureFault): Promise<void> {
  const failure = narrowerWords(request, fault) ?? failureWords(fault);
  await change(
    ctx,
    (tx) => mustLoad(tx, request.id),
    async (tx, seen) => {
      if (seen.status !== 'filed') return { value: null, entries: [] };
      await dropTokens(tx, seen.id);
      const details = { failure, azureCode: fault.code, azureMessage: fault.message };
      return move(tx, seen, 'failed', { failure, checkAt: null }, 'request.failed', details);
    },
  );
}

/** The safety net: a request filed long ago whose job is gone is handed to a new one. */
export async function fileAgain(ctx: Context, requestId: string): Promise<void> {
  await change(
    ctx,
    (tx) => mustLoad(tx, requestId),
    async (tx, seen) => {
      if (seen.status !== 'filed') return { value: null, entries: [] };
      await enqueue(tx, 'provision', { requestId, traceId: ctx.traceId });
      return note(tx, seen, { checkAt: plusMinutes(await clock(tx), 2) });
    },
  );
}
