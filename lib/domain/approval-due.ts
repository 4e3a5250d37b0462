import type { ApprovalState } from './approval.ts';
import type { Stage } from './approval-policy.ts';
import { minute, plusMinutes } from './time.ts';

/**
 * What the clock has to do with an approval. over: it lapses. look: who may sign by now, and is there still somebody to
 * give it to?
 */
export type Duty = 'over' | 'look' | 'escalate' | 'remind' | 'warn';

export interface Clocked {
  state: ApprovalState;
  stageSince: Date;
  remindedAt: Date | null;
  escalatedAt: Date | null;
  lapsesAt: Date;
  approvedAt: Date | null;
  useBy: Date | null;
  usedAt: Date | null;
  checkedAt: Date;
}

/** Whoever asked may leave, or lose what they asked with, while it waits: looked at this often. */
const lookMinutes = 10;
/** The same where duty decides who signs, and goes on to the next by the minute. */
const lookOnCallMinutes = 1;
/** A receipt’s owner is told this long before it is over, or at half its time where that is shorter. */
const warnMinutes = 60;

/** When each duty comes, of those that still do. */
function moments(now: Clocked, stage: Stage | undefined): [Duty, Date][] {
  const { state, stageSince, remindedAt, escalatedAt, lapsesAt, approvedAt, useBy, usedAt, checkedAt } = now;
  const sets = [...(stage?.approvers ?? []), ...(escalatedAt ? (stage?.escalation?.approvers ?? []) : [])];
  const isOnCall = state === 'waiting' && sets.some(({ is }) => is === 'on_call');
  const look: [Duty, Date] = ['look', plusMinutes(checkedAt, isOnCall ? lookOnCallMinutes : lookMinutes)];
  if (state === 'approved' && useBy && !usedAt) {
    const length = approvedAt ? (useBy.getTime() - approvedAt.getTime()) / minute : warnMinutes;
    const warnAt = plusMinutes(useBy, -Math.min(warnMinutes, length / 2));
    return [['over', useBy], look, ...(remindedAt ? [] : [['warn', warnAt] as [Duty, Date]])];
  }
  if (state !== 'waiting') return [];
  const all: [Duty, Date][] = [['over', lapsesAt], look];
  if (stage?.escalation && !escalatedAt)
    all.push(['escalate', plusMinutes(stageSince, stage.escalation.afterMinutes)]);
  if (stage && stage.remindAfterMinutes !== null)
    all.push(['remind', plusMinutes(remindedAt ?? stageSince, stage.remindAfterMinutes)]);
  return all;
}

/**
 * Whether a look asks Azure, too, about who asked: ten minutes of the stage are over since the last look. Who may sign is
 * looked up by the minute where duty decides it, which costs Azure nothing.
 */
export function asksAzure({ stageSince, checkedAt }: Clocked, at: Date): boolean {
  const tens = (moment: Date) =>
    Math.floor((moment.getTime() - stageSince.getTime()) / (lookMinutes * minute));
  return tens(at) > tens(checkedAt);
}

/** When the clock next has something to do; null: never again. */
export function nextDue(now: Clocked, stage: Stage | undefined): Date | null {
  const times = moments(now, stage).map(([, at]) => at.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

/** What is due by now. What is over has nothing else to do. */
export function duties(now: Clocked, stage: Stage | undefined, at: Date): Duty[] {
  const due = moments(now, stage).flatMap(([duty, when]) => (when <= at ? [duty] : []));
  return due.includes('over') ? ['over'] : due;
}
