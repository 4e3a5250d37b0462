import { asc, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { requestApprovals, signatures, stageApprovers } from '#db/schema/approvals.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { Stage } from '#lib/domain/approval-policy.ts';
import { nudgeMinutes } from '#lib/domain/talk.ts';
import { termsOf } from '#lib/domain/terms-of.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { availabilityOf } from './availability.ts';
import { setWords } from './set-words.ts';
import { talkFactsOf } from './talk-facts.ts';
import type { RequestTalk, Signer, StageStep } from './talk-rows.ts';
import { talksOf } from './talks.ts';

type Approval = typeof requestApprovals.$inferSelect;
type Named = typeof stageApprovers.$inferSelect;
type Signed = typeof signatures.$inferSelect;

/**
 * Stint’s own approval of a request that the viewer may see, which the caller has judged; null: no rule with stages is
 * about it.
 */
export async function requestTalk(viewer: Actor, id: string): Promise<RequestTalk | null> {
  const [found] = await db()
    .select({ approval: requestApprovals, request: requests })
    .from(requestApprovals)
    .innerJoin(requests, eq(requests.id, requestApprovals.requestId))
    .where(eq(requestApprovals.requestId, id));
  const rule = found?.approval.rule.then;
  if (!found || rule?.is !== 'stages') return null;
  const { approval, request } = found;
  const me = viewer.objectId;
  const [now, named, signed, talk, facts] = await Promise.all([
    clock(db()),
    db()
      .select()
      .from(stageApprovers)
      .where(eq(stageApprovers.requestId, id))
      .orderBy(asc(stageApprovers.approverName), asc(stageApprovers.approverId)),
    db()
      .select()
      .from(signatures)
      .where(eq(signatures.requestId, id))
      .orderBy(asc(signatures.signedAt), asc(signatures.id)),
    talksOf(me, [id]).then((of) => of(id)),
    talkFactsOf(viewer, [id]).then((of) => of(id)),
  ]);
  const waits = approval.state === 'waiting' && request.status === 'awaiting_signatures';
  const here = waits ? named.filter(({ stage }) => stage === approval.stage) : [];
  const availability = await availabilityOf(
    here.flatMap(({ approverId, forId }) => [approverId, forId ?? []].flat()),
  );
  const counted = signed.filter(({ state }) => state === 'intended' || state === 'recorded');
  const isOwn = request.requesterId === me;
  const asked = termsOf(request);
  const open = waits ? talk.offer : null;
  // It counts as a signature of the stage it was made in, and of no other.
  const offer = open && { ...open, signs: open.signs && open.stage === approval.stage };
  const { thread, watching } = talk;
  const again = approval.nudgedAt && plusMinutes(approval.nudgedAt, nudgeMinutes);
  const nameOf = (personId: string | null) =>
    here.find(({ approverId }) => approverId === personId)?.approverName ?? null;
  return {
    ...{ now, asked, offer, thread, watching, rule: approval.rule.name },
    stages: rule.stages.map((stage, index) => ({
      ...stepOf(stage, index, approval, waits, counted),
      signers: (index === approval.stage ? here : [])
        .filter((one) => !counted.some((other) => isSamePlace(one, other)))
        .map((one) => asSigner(one, nameOf(one.handedToId), availability)),
    })),
    lapsesAt: waits ? approval.lapsesAt : null,
    useBy: request.status === 'approved' ? approval.useBy : null,
    nudgeAt: again && again > now ? again : null,
    may: {
      nudge: isOwn && waits,
      answer: isOwn && waits && thread.some(({ kind }) => kind === 'question'),
      take: isOwn && waits && offer !== null,
      watch: !isOwn,
    },
    facts,
  };
}

/** They signed, or somebody did in the same place: their deputy, or whom they handed it to. */
function isSamePlace(one: Pick<Named, 'stage' | 'approverId' | 'forId'>, other: typeof one): boolean {
  if (one.approverId === other.approverId) return true;
  return one.stage === other.stage && (one.forId ?? one.approverId) === (other.forId ?? other.approverId);
}

function stepOf(
  { name, signatures: needed, approvers, escalation }: Stage,
  index: number,
  approval: Approval,
  waits: boolean,
  counted: Signed[],
): Omit<StageStep, 'signers'> {
  const isOver = approval.state === 'approved' || index < approval.stage;
  const state = isOver ? 'done' : !waits ? 'not_reached' : index === approval.stage ? 'now' : 'to_come';
  const isNow = state === 'now';
  return {
    ...{ name, state, needed, sets: approvers.map(setWords) },
    signed: counted
      .filter(({ stage }) => stage === index)
      .map(({ id, approverName, forName, approve, signedAt: at, justification, state: how }) => ({
        ...{ id, name: approverName, forName, approve, at, justification, isIntended: how === 'intended' },
      })),
    escalation: escalation && {
      at: isNow && !approval.escalatedAt ? plusMinutes(approval.stageSince, escalation.afterMinutes) : null,
      sets: escalation.approvers.map(setWords),
      isDone: isNow && approval.escalatedAt !== null,
    },
  };
}

function asSigner(
  { approverId: id, approverName: name, through, forId, forName }: Named,
  handedToName: string | null,
  availability: Awaited<ReturnType<typeof availabilityOf>>,
): Signer {
  const forAwayUntil = forId ? (availability(forId).away?.until ?? null) : null;
  return { id, name, through, forName, forAwayUntil, handedToName, availability: availability(id) };
}
