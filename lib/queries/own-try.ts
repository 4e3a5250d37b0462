import type { requestApprovals, signatures } from '#db/schema/approvals.ts';
import type { decisions } from '#db/schema/requests.ts';
import { challengeWords } from '#lib/domain/challenge.ts';
import type { ApprovalCard } from './approval-rows.ts';
import { stageAt } from './stage-at.ts';

type Decision = typeof decisions.$inferSelect;
type Signature = typeof signatures.$inferSelect;
type Approval = typeof requestApprovals.$inferSelect;

type Own = Pick<ApprovalCard, 'deciding' | 'failure' | 'stepUp'>;

/** What is on its way to Azure, or why the viewer’s last decision did not get there. */
export function byDecision(all: readonly Decision[], id: string, me: string): Own {
  const intent = all.find((one) => one.requestId === id && one.state === 'intended');
  if (intent)
    return { deciding: { name: intent.approverName, approve: intent.approve }, failure: null, stepUp: null };
  const failed = all.find((one) => one.requestId === id && one.approverId === me && one.state === 'failed');
  if (!failed?.challenge) return { deciding: null, failure: failed?.failure ?? null, stepUp: null };
  const { claims, repeats } = failed.challenge;
  const stepUp = { decisionId: failed.id, what: challengeWords(claims), repeats };
  return { deciding: null, failure: failed.failure, stepUp };
}

/** The same of a stage: others may sign beside the viewer, until as many as are needed are looked at. */
export function bySignature(all: readonly Signature[], me: string, approval: Approval | null): Own {
  const here = all.filter(({ stage }) => stage === approval?.stage);
  const last = here.find(({ approverId }) => approverId === me);
  const intended = here.filter(({ state }) => state === 'intended');
  const given = here.filter(({ state, approve }) => state === 'recorded' && approve).length;
  const isFull = approval !== null && given + intended.length >= (stageAt(approval)?.needed ?? 0);
  const onItsWay =
    last?.state === 'intended'
      ? last
      : (intended.find(({ approve }) => !approve) ?? (isFull ? intended[0] : null));
  return {
    deciding: onItsWay ? { name: onItsWay.approverName, approve: onItsWay.approve } : null,
    failure: last?.state === 'refused' || last?.state === 'void' ? last.failure : null,
    stepUp: null,
  };
}
