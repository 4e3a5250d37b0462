import type { ScopeKind } from './assignment.ts';
import { inWords } from './time.ts';
import type { UsualLength } from './usual-length.ts';

/** What an approver should look at twice, told by the request and by what its person asked for before. */

export const requestRiskLevels = ['low', 'medium', 'high'] as const;
export type RequestRiskLevel = (typeof requestRiskLevels)[number];

export const riskNames: Record<RequestRiskLevel, string> = {
  low: 'Low risk',
  medium: 'Medium risk',
  high: 'High risk',
};

export interface RequestRisk {
  level: RequestRiskLevel;
  /** Phrases, the heaviest first. */
  reasons: string[];
}

export interface RequestRiskFacts {
  /** null: what the role gives is not known, which counts as critical. */
  isCritical: boolean | null;
  /** It allows something dangerous, critical or not. */
  isDangerous: boolean;
  scopeKind: ScopeKind;
  isGuest: boolean;
  minutes: number;
  /** This person's own with this role; null: too few uses. */
  usual: Pick<UsualLength, 'took'> | null;
  /** How often this person had this role here. */
  timesBefore: number;
  /** When it would begin, and when the person's earlier activations of anything began. */
  beginsAt: Date;
  earlierStarts: readonly Date[];
  hasTicket: boolean;
}

/** So few beginnings tell nothing of somebody's hours. */
const fewestStarts = 8;
/** Nearer to a usual beginning than this is usual. Minutes. */
const nearMinutes = 120;
/** Longer than usual is twice as long, and by so much at least. Minutes. */
const leastLonger = 30;
const dayMinutes = 1440;

/** Each reason weighs one or two; from two it is medium, from four high. */
export function requestRisk(facts: RequestRiskFacts): RequestRisk {
  const { usual, minutes } = facts;
  const isLonger = usual !== null && minutes >= 2 * usual.took && minutes - usual.took >= leastLonger;
  const weighed: [boolean, number, string][] = [
    [facts.isCritical === true, 2, 'a critical role'],
    [facts.isCritical === null, 2, 'what the role gives is not known'],
    [facts.isCritical === false && facts.isDangerous, 1, 'dangerous actions'],
    [facts.isGuest, 2, 'a guest'],
    [facts.scopeKind === 'management_group', 2, 'a whole management group'],
    [facts.scopeKind === 'subscription', 1, 'a whole subscription'],
    [facts.timesBefore === 0, 1, 'never had it here before'],
    [isLonger, 1, `longer than the usual ${inWords(usual?.took ?? 0)}`],
    [isOutsideUsualHours(facts.beginsAt, facts.earlierStarts), 1, 'outside their usual hours'],
    [!facts.hasTicket, 1, 'no ticket'],
  ];
  const found = weighed.filter(([holds]) => holds).toSorted(([, one], [, other]) => other - one);
  const weight = found.reduce((sum, [, more]) => sum + more, 0);
  return {
    level: weight >= 4 ? 'high' : weight >= 2 ? 'medium' : 'low',
    reasons: found.map(([, , phrase]) => phrase),
  };
}

/** By the hour of the day, around midnight too; where too little is known, nothing is outside. */
function isOutsideUsualHours(at: Date, earlier: readonly Date[]): boolean {
  if (earlier.length < fewestStarts) return false;
  const minuteOf = (moment: Date) => moment.getUTCHours() * 60 + moment.getUTCMinutes();
  return earlier.every((start) => {
    const apart = Math.abs(minuteOf(start) - minuteOf(at));
    return Math.min(apart, dayMinutes - apart) > nearMinutes;
  });
}
