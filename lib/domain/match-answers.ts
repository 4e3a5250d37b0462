import type { EvaluationOutcome, EvaluationStage } from './evaluation.ts';
import { minute } from './time.ts';

/** What Stint answered about an activation, once. */
export interface Answer {
  /** The same for both stages of one activation. */
  key: string;
  stage: EvaluationStage;
  outcome: EvaluationOutcome;
  azureId: string | null;
  /** The request whose approval it rests on. */
  requestId: string | null;
  minutes: number | null;
  /** The start that was asked for; null: now. */
  startsAt: Date | null;
  at: Date;
}

/** An activation that was on. */
export interface Began {
  id: string;
  azureId: string | null;
  /** null: its end is not known. */
  minutes: number | null;
  startsAt: Date;
}

interface Ask extends Answer {
  beginsAt: Date;
}

const clocksApartMinutes = 10;
/** Azure rounds an activation's length its own way. */
const roundingMinutes = 1;

/**
 * What was said about each of these activations of one person and role, by their ids. An answer counts once: for the
 * activation of the request it rests on, for that of its own id, or else for the nearest one that it fits by length and
 * start. Where both have an id, only the id counts. `waitMinutes`: how long after the answer PIM may let it begin.
 */
export function matchAnswers(
  activations: readonly Began[],
  answers: readonly Answer[],
  waitMinutes: number,
): Map<string, 'passed' | 'denied'> {
  const found = new Map<string, 'passed' | 'denied'>();
  const left = new Set(asksOf(answers));
  const take = ({ id }: Began, ask: Ask) => {
    left.delete(ask);
    found.set(id, ask.outcome === 'denied' ? 'denied' : 'passed');
  };
  const isNamed = (one: Began, ask: Ask) =>
    ask.azureId !== null && ask.azureId === one.azureId?.toLowerCase();
  for (const ask of [...left]) {
    const its = activations.find((one) => one.id === ask.requestId || isNamed(one, ask));
    if (its) take(its, ask);
  }
  const pairs = activations.flatMap((one) => [...left].map((ask) => ({ one, ask, apart: apart(one, ask) })));
  const near = pairs.filter(
    (pair) =>
      -clocksApartMinutes <= pair.apart && pair.apart <= waitMinutes && mayBeAbout(pair.one, pair.ask),
  );
  for (const { one, ask } of near.toSorted((a, b) => Math.abs(a.apart) - Math.abs(b.apart)))
    if (left.has(ask) && !found.has(one.id)) take(one, ask);
  return found;
}

/** What was asked, in its order: the question after PIM's approver is the same as the one before. */
function asksOf(answers: readonly Answer[]): Ask[] {
  const asks: Ask[] = [];
  for (const answer of answers.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const { at, key, outcome, startsAt } = answer;
    const first = answer.stage === 'post_approval' ? asks.findLast((one) => one.key === key) : undefined;
    if (first) first.outcome = outcome;
    else asks.push({ ...answer, beginsAt: startsAt && startsAt > at ? startsAt : at });
  }
  return asks;
}

/** Minutes from when it would have begun at the soonest to when it did. */
function apart({ startsAt }: Began, { beginsAt }: Ask): number {
  return (startsAt.getTime() - beginsAt.getTime()) / minute;
}

function mayBeAbout(one: Began, ask: Ask): boolean {
  if (one.azureId !== null && ask.azureId !== null) return false;
  if (one.minutes === null || ask.minutes === null) return false;
  return Math.abs(one.minutes - ask.minutes) <= roundingMinutes;
}
