import { orList } from '#components/ui/or-list.ts';
import { isAwake, wallClock } from '#lib/domain/absence.ts';
import type { Before } from '#lib/domain/past-asks.ts';
import { inWords } from '#lib/domain/time.ts';
import type { ApprovalCard, OtherApprover, StageFacts } from '#lib/queries/approval-rows.ts';

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

/** Earlier activations of the same by the same person, in words. */
export function beforeWords({ count, endedEarly, denied }: Omit<Before, 'last'>): string {
  const past = count === 0 ? 'never activated this here, as far as Stint saw' : times(count);
  const early = count > 0 && endedEarly > 0 ? `ended early ${times(endedEarly)}` : null;
  const no = denied > 0 ? `denied ${times(denied)}` : count > 0 ? 'never denied' : null;
  return [past, early, no].filter(Boolean).join(', ');
}

const endings = {
  expired: 'ran to its end',
  ended_early: 'ended early',
  removed_in_azure: 'removed in Azure',
  ended_by_stint: 'ended by Stint',
  ticket_closed: 'ended with its ticket',
  denied: 'denied',
} as const;

/** One earlier activation: `25 min, ended early`. */
export function lastWords({ minutes, how }: Before['last'][number]): string {
  return how === 'denied' ? `${inWords(minutes)} asked, denied` : `${inWords(minutes)}, ${endings[how]}`;
}

/** Against what the length stands: their own usual one, that of others, and the most PIM allows. */
export function lengthWords({
  before,
  othersMinutes,
  maximumMinutes,
}: Pick<ApprovalCard, 'before' | 'othersMinutes' | 'maximumMinutes'>): string {
  const own = before.usualMinutes !== null && `usually ${inWords(before.usualMinutes)}`;
  const others = othersMinutes !== null && `others take ${inWords(othersMinutes)}`;
  const most = maximumMinutes ? `policy allows ${inWords(maximumMinutes)}` : 'policy not known';
  return [own, others, most].filter(Boolean).join(' · ');
}

/** Who else can decide, and of whom not to expect it now. */
export function othersWords(others: readonly OtherApprover[], now: Date): string {
  if (others.length === 0) return 'nobody else can decide';
  const there = others.filter((one) => !isElsewhere(one, now));
  const not = others.filter((one) => isElsewhere(one, now)).map((one) => elsewhere(one, now));
  const can =
    there.length > 0 ? `${orList(there.map(named(now)))} can decide too` : 'nobody else is there now';
  return [can, ...not].join('; ');
}

const named =
  (now: Date) =>
  ({ name, availability: { zone } }: OtherApprover) =>
    isAwake(zone, now) ? `${name} (awake)` : name;

function isElsewhere({ availability: { away, zone } }: OtherApprover, now: Date): boolean {
  return away !== null || isAwake(zone, now) === false;
}

function elsewhere({ name, availability: { away, zone } }: OtherApprover, now: Date): string {
  if (!away) return `it is ${wallClock(zone, now)} where ${name} is`;
  const until = away.until.toISOString().slice(0, 10);
  return `${name} is away until ${until}${away.deputyName ? `, ${away.deputyName} stands in` : ''}`;
}

/** Where it stands by Stint's own policy: `stage 1 of 2`. */
export function stageWords({ name, number, of, needed, signed }: StageFacts): string {
  if (of === 0) return 'no stage of its own';
  const here = signed.filter((one) => one.stage === number).length;
  const more = needed > 1 ? `, ${here} of ${needed} signed` : '';
  return of === 1 ? `${name}${more}` : `stage ${number} of ${of}, ${name}${more}`;
}

/** Which rule asks, where it stands by it, and who signed: `Rule “Production”, stage 2 of 2, Security; signed by Cy`. */
export function ruleWords(stage: StageFacts): string {
  const signed = stage.signed.length > 0 ? `; signed by ${signedWords(stage)}` : '';
  return `Rule “${stage.rule}”, ${stageWords(stage)}${signed}`;
}

/** Who signed, with whom they stood in for. */
function signedWords({ signed }: StageFacts): string {
  return signed.map(({ name, forName }) => (forName ? `${name} for ${forName}` : name)).join(', ');
}

/** Why the viewer is asked; null: they are named themselves. */
export function askedAsWords({ through, forName, isEscalated }: StageFacts): string | null {
  const as = forName ? `for ${forName}, who is away` : through ? `through ${through}` : null;
  if (!isEscalated) return as && `You are asked ${as}.`;
  return `You are asked${as ? ` ${as},` : ''} since nobody decided in time.`;
}
