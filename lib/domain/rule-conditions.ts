import type { AskFacts, Conditions, Named, RuleTrail } from './approval-policy.ts';
import { planeNames } from './plane.ts';
import { isAtOrBelow } from './scope-chain.ts';
import { inWords } from './time.ts';
import { daysInWords, isWithin } from './week-hours.ts';

type Line = RuleTrail['lines'][number];

/** What holds of a rule's conditions, one line each; those that ask nothing have none. */
export function conditionLines(when: Conditions, facts: AskFacts): Line[] {
  const { role, requester, minutes } = facts;
  const begins = facts.startsAt ?? facts.now;
  const lines: (Line | null)[] = [
    when.planes.length > 0
      ? line(planesInWords(when.planes), when.planes.includes(role.plane), `it is ${planeNames[role.plane]}`)
      : null,
    when.roles.length > 0
      ? line(
          `one of ${names(when.roles)}`,
          when.roles.some((one) => one.plane === role.plane && roleIdOf(one.id) === roleIdOf(role.roleId)),
          'by the role’s id',
        )
      : null,
    when.scopes.length > 0 ? scopeLine(when.scopes, facts) : null,
    when.critical ? line('critical', facts.isCritical, facts.isCritical ? 'it is' : 'it is not') : null,
    when.groups.length > 0 ? groupLine(when.groups, requester) : null,
    when.guests ? line('asked by a guest', requester.isGuest, guestWords(requester.isGuest)) : null,
    when.longerThanMinutes !== null
      ? line(
          `longer than ${inWords(when.longerThanMinutes)}`,
          minutes > when.longerThanMinutes,
          inWords(minutes),
        )
      : null,
    when.atMostMinutes !== null
      ? line(`at most ${inWords(when.atMostMinutes)}`, minutes <= when.atMostMinutes, inWords(minutes))
      : null,
    when.hours
      ? line(
          `${daysInWords(when.hours.days)} from ${when.hours.from} to ${when.hours.until} (${when.hours.zone})`,
          isWithin(when.hours, begins),
          `it would begin ${wallWords(begins, when.hours.zone)}`,
        )
      : null,
    when.onCall.length > 0 ? onCallLine(when.onCall, facts.onCallOf) : null,
    when.inChangeWindow
      ? line('within the window of its change', facts.isInChangeWindow, changeWords(facts.isInChangeWindow))
      : null,
  ];
  return lines.filter((one) => one !== null);
}

function line(condition: string, holds: boolean | null, why: string): Line {
  return { condition, holds, why };
}

export const names = (some: readonly Named[]): string => some.map(({ name }) => name).join(', ');

/** Planes as a rule says them. */
export function planesInWords(planes: Conditions['planes']): string {
  return planes.map((plane) => planeNames[plane]).join(' or ');
}

/** Azure writes a role as a path that ends in its GUID; elsewhere the id is all there is. */
function roleIdOf(id: string): string {
  return (id.split('/').at(-1) ?? id).toLowerCase();
}

function scopeLine(scopes: readonly Named[], { scopeChain, isChainWhole, scopesWithin }: AskFacts): Line {
  const condition = `at ${names(scopes)} or below`;
  const known = scopes.map(({ id }) => isAtOrBelow(scopeChain, isChainWhole, id));
  if (known.includes(true)) return line(condition, true, 'its scope is');
  const within = scopes.find(({ id }) => scopesWithin.includes(id.toLowerCase()));
  if (within) return line(condition, null, `it reaches ${within.name} from above, or may`);
  if (known.includes(null)) return line(condition, null, 'which management groups are above it is not known');
  return line(condition, false, 'its scope is elsewhere');
}

function groupLine(groups: readonly Named[], { groupIds, unreadGroupIds = [] }: AskFacts['requester']): Line {
  const condition = `asked by a member of ${names(groups)}`;
  if (!groupIds)
    return line(condition, null, 'their groups are not known: the tenant was never read to its end');
  const found = groups.find(({ id }) => groupIds.includes(id.toLowerCase()));
  if (found) return line(condition, true, `in ${found.name}`);
  const unread = groups.find(({ id }) => unreadGroupIds.includes(id.toLowerCase()));
  if (unread) return line(condition, null, `who is in ${unread.name} is not known yet`);
  return line(condition, false, 'in none of them');
}

function onCallLine(schedules: readonly Named[], onCallOf: readonly string[] | null): Line {
  const condition = `on call by ${names(schedules)}`;
  if (!onCallOf) return line(condition, null, 'who is on call then is not known');
  const found = schedules.find(({ id }) => onCallOf.includes(id));
  return line(
    condition,
    found !== undefined,
    found ? `on call by ${found.name}` : 'not on call when it would begin',
  );
}

function guestWords(isGuest: boolean | null): string {
  if (isGuest === null) return 'whether they are a guest is not known';
  return isGuest ? 'they are a guest' : 'they are a member';
}

function changeWords(isIn: boolean | null): string {
  if (isIn === null) return 'what its ticket is and when it is planned is not known';
  return isIn ? 'all of it is' : 'its ticket is no approved change, or part of it lies outside';
}

/** `Sun 22:10` on the wall of a zone. */
function wallWords(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(moment);
}
