import { and, asc, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { nudgedPimAt } from '#db/nudged-pim-at.ts';
import { stageApprovers } from '#db/schema/approvals.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { requestApprovers, requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { calledIn } from '#lib/domain/bundle.ts';
import { isHeldForEnd } from '#lib/domain/follow-on.ts';
import {
  mayApprove,
  mayCancel,
  mayEnd,
  mayExtend,
  mayResume,
  maySeeRequest,
  maySign,
  mayStart,
} from '#lib/domain/permission.ts';
import { isLive } from '#lib/domain/request.ts';
import { nudgeMinutes } from '#lib/domain/talk.ts';
import { floorMinutes, plusMinutes } from '#lib/domain/time.ts';
import { approversOf, asRequestRow } from './columns.ts';
import { joinedWindows } from './joined-windows.ts';
import type { JoinedWindows, RequestStory } from './rows.ts';
import { learnedOf, speedIn } from './speeds.ts';
import { tell } from './story-words.ts';
import { ticketEndOf } from './ticket-end.ts';
import { ticketsOf } from './tickets-of.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** One request and everything that happened to it; null when it is not there or not the viewer's to see. */
export async function requestStory(viewer: Actor, id: string): Promise<RequestStory | null> {
  if (!uuid.test(id)) return null;
  const [request] = await db().select().from(requests).where(eq(requests.id, id));
  if (!request) return null;
  const approvers = await db().select().from(requestApprovers).where(eq(requestApprovers.requestId, id));
  const judged = { ...request, approverIds: approvers.map((one) => one.approverId) };
  const asked = await askedToSign(id);
  const approverIds = [...judged.approverIds, ...asked];
  if (!maySeeRequest(viewer, { ...request, approverIds })) return null;
  const [now, joined, entries, learned, [eligible], ticketOf, waiters] = await Promise.all([
    clock(db()),
    joinedWindows(id, request.followsId),
    db()
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.subjectKind, 'request'), eq(auditEntries.subjectId, id)))
      .orderBy(asc(auditEntries.seq)),
    learnedOf(request),
    db()
      .select({ id: mirrorEligible.eligibilityId })
      .from(mirrorEligible)
      .where(
        and(
          eq(mirrorEligible.principalId, viewer.objectId),
          eq(mirrorEligible.plane, request.plane),
          eq(mirrorEligible.roleId, request.roleId),
          eq(mirrorEligible.scopeId, request.eligibleScopeId ?? request.scopeId),
        ),
      ),
    ticketsOf([id]),
    approversOf([request]),
  ]);
  const waitsFor = await firstOf(request);
  const endableAt = plusMinutes(request.startsAt ?? request.filedAt, floorMinutes);
  const own = request.requesterId === viewer.objectId;
  return {
    ...asRequestRow(request, waiters.get(id) ?? []),
    now,
    waitsFor,
    joined,
    ticket: ticketOf(id),
    ticketEnd: await ticketEndOf(request, joined.needs, now),
    origin: request.origin,
    requesterId: request.requesterId,
    requesterName: request.requesterName,
    policy: request.policy,
    approverFacts: approvers.map((one) => ({
      id: one.approverId,
      name: one.approverName,
      through: one.through,
    })),
    timeline: entries.flatMap(tell),
    speed: speedIn(learned)(request),
    approvedAt: momentOf(entries, 'request.approved'),
    grantedAt: momentOf(entries, 'request.granted'),
    nudge: own && request.status === 'awaiting_approval' ? await nudgeOf(request, now) : null,
    endableAt: request.status === 'active' && endableAt > now ? endableAt : null,
    may: {
      cancel: mayCancel(viewer, request) || (own && (waitsFor !== null || isHeldForEnd(request, now))),
      end: mayEnd(viewer, request),
      extend:
        mayExtend(viewer, request) && eligible !== undefined && !request.endAfter && !isFollowed(joined),
      resume: mayResume(viewer, request),
      start: mayStart(viewer, request),
      askAgain: own && !isLive(request.status) && eligible !== undefined,
      decide: mayApprove(viewer, judged),
      sign: asked.length > 0 && maySign(viewer, { ...request, approverIds: asked }),
    },
  };
}

async function nudgeOf(request: typeof requests.$inferSelect, now: Date): Promise<{ at: Date | null }> {
  const last = await nudgedPimAt(db(), request);
  const again = last && plusMinutes(last, nudgeMinutes);
  return { at: again && again > now ? again : null };
}

/** Whoever was named for one of its stages. */
async function askedToSign(requestId: string): Promise<string[]> {
  const rows = await db().select().from(stageApprovers).where(eq(stageApprovers.requestId, requestId));
  return rows.map(({ approverId }) => approverId);
}

function momentOf(entries: readonly (typeof auditEntries.$inferSelect)[], action: string): Date | null {
  return entries.find((entry) => entry.action === action)?.at ?? null;
}

/** What has to be active before Azure is asked for this one; null: nothing, or it is. */
async function firstOf({ status, afterId }: typeof requests.$inferSelect): Promise<string | null> {
  if (status !== 'filed' || !afterId) return null;
  const [first] = await db().select().from(requests).where(eq(requests.id, afterId));
  return first && first.activeAt === null ? calledIn(first) : null;
}

function isFollowed({ after }: JoinedWindows): boolean {
  return after !== null && isLive(after.status);
}
