import type {
  ApprovalPolicy,
  ApprovalRule,
  ApproverSet,
  Conditions,
  Freeze,
  Named,
  Stage,
} from './approval-policy.ts';
import { mayPassCritical } from './approval-rules.ts';
import { inWords } from './time.ts';
import { isTimeZone } from './wall-time.ts';

/** `at`: the way to the field, such as `rules.0.stages.1.signatures`. `why` says what to do. */
export interface PolicyFault {
  at: string;
  why: string;
}

export const mostRules = 200;
const mostFreezes = 50;
/** A rule that passes without a person is about short activations only. */
export const longestAutomaticMinutes = 8 * 60;
const longestName = 80;
const mostNamed = 50;
const mostStages = 5;
const longestWaitMinutes = 30 * 1440;
const guid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
export const isGuid = (id: string): boolean => guid.test(id);
const time = /^([01]\d|2[0-3]):[0-5]\d$/;

/** What is wrong with a policy, field by field, in words that say what to do. Nothing: it can be kept. */
export function approvalPolicyFaults({ rules, freezes }: ApprovalPolicy): PolicyFault[] {
  const faults: PolicyFault[] = [];
  if (rules.length > mostRules) faults.push({ at: 'rules', why: `Keep it to ${mostRules} rules.` });
  if (freezes.length > mostFreezes) faults.push({ at: 'freezes', why: `Keep it to ${mostFreezes} freezes.` });
  const ids = new Set<string>();
  for (const [list, some] of [
    ['rules', rules],
    ['freezes', freezes],
  ] as const) {
    for (const [n, { id, name }] of some.entries()) {
      const at = `${list}.${n}`;
      if (!isGuid(id)) faults.push({ at: `${at}.id`, why: 'An id is a GUID that stays the same.' });
      if (ids.has(id.toLowerCase()))
        faults.push({ at: `${at}.id`, why: `“${name}” has the id of another. Give it its own.` });
      ids.add(id.toLowerCase());
      if (name.trim() === '' || name.length > longestName)
        faults.push({ at: `${at}.name`, why: `Give it a name of ${longestName} characters at most.` });
    }
  }
  for (const [n, rule] of rules.entries()) faults.push(...ruleFaults(rule, `rules.${n}`));
  for (const [n, freeze] of freezes.entries()) faults.push(...freezeFaults(freeze, `freezes.${n}`));
  return faults;
}

function ruleFaults(rule: ApprovalRule, at: string): PolicyFault[] {
  const faults = conditionFaults(rule.when, `${at}.when`);
  if (rule.then.is === 'automatic') return [...faults, ...automaticFaults(rule.when, `${at}.when`)];
  const { stages, lapseMinutes, useByMinutes } = rule.then;
  if (stages.length === 0) faults.push({ at: `${at}.stages`, why: 'Add a stage: who signs it?' });
  if (stages.length > mostStages)
    faults.push({ at: `${at}.stages`, why: `Keep it to ${mostStages} stages.` });
  for (const [n, stage] of stages.entries()) faults.push(...stageFaults(stage, `${at}.stages.${n}`));
  faults.push(...wait(`${at}.lapseMinutes`, lapseMinutes), ...wait(`${at}.useByMinutes`, useByMinutes));
  return faults;
}

/** What passes without a person must be short, and about critical roles only where `mayPassCritical` says so. */
function automaticFaults(when: Conditions, at: string): PolicyFault[] {
  const { atMostMinutes, critical, roles } = when;
  const faults: PolicyFault[] = [];
  if (atMostMinutes === null || atMostMinutes > longestAutomaticMinutes) {
    const why = `An automatic rule needs a maximum length of ${inWords(longestAutomaticMinutes)} or less.`;
    faults.push({ at: `${at}.atMostMinutes`, why });
  }
  if (critical && !mayPassCritical(when)) {
    const why =
      'An automatic rule passes critical roles only where it names them, and only for who is on call or';
    faults.push({
      at: roles.length === 0 ? `${at}.roles` : `${at}.onCall`,
      why: `${why} for a change in its window. ${roles.length === 0 ? 'Choose the roles.' : 'Ask for one of these.'}`,
    });
  }
  return faults;
}

function stageFaults(stage: Stage, at: string): PolicyFault[] {
  const { name, approvers, signatures, excluded, remindAfterMinutes, escalation } = stage;
  const faults = [...setFaults(approvers, `${at}.approvers`), ...namedFaults(excluded, `${at}.excluded`)];
  if (name.trim() === '' || name.length > longestName)
    faults.push({ at: `${at}.name`, why: `Give the stage a name of ${longestName} characters at most.` });
  if (approvers.length === 0)
    faults.push({
      at: `${at}.approvers`,
      why: 'Choose who signs: a stage without approvers is signed by nobody.',
    });
  const people = approvers.flatMap((set) => (set.is === 'person' ? set.id : []));
  const able = new Set(people.filter((id) => excluded.every((one) => one.id !== id))).size;
  const isPeopleOnly = approvers.length > 0 && people.length === approvers.length;
  if (!Number.isInteger(signatures) || signatures < 1 || signatures > 10)
    faults.push({ at: `${at}.signatures`, why: 'Ask for 1 to 10 signatures.' });
  else if (isPeopleOnly && signatures > able)
    faults.push({
      at: `${at}.signatures`,
      why: `${signatures} have to sign, and ${able} ${able === 1 ? 'is' : 'are'} named.`,
    });
  if (remindAfterMinutes !== null) faults.push(...wait(`${at}.remindAfterMinutes`, remindAfterMinutes));
  if (!escalation) return faults;
  faults.push(...wait(`${at}.escalation.afterMinutes`, escalation.afterMinutes));
  faults.push(...setFaults(escalation.approvers, `${at}.escalation.approvers`));
  if (escalation.approvers.length === 0)
    faults.push({
      at: `${at}.escalation.approvers`,
      why: 'Choose who may sign as well, or do not escalate.',
    });
  return faults;
}

function freezeFaults({ from, until, when, except }: Freeze, at: string): PolicyFault[] {
  const faults = [...conditionFaults(when, `${at}.when`), ...namedFaults(except, `${at}.except`)];
  const [first, last] = [Date.parse(from), Date.parse(until)];
  if (Number.isNaN(first)) faults.push({ at: `${at}.from`, why: 'Say when it begins.' });
  if (Number.isNaN(last)) faults.push({ at: `${at}.until`, why: 'Say when it ends.' });
  else if (last <= first) faults.push({ at: `${at}.until`, why: 'It ends before it begins.' });
  return faults;
}

function conditionFaults(when: Conditions, at: string): PolicyFault[] {
  const { longerThanMinutes: longer, atMostMinutes: most, hours } = when;
  const faults = [
    ...namedFaults(when.groups, `${at}.groups`),
    ...namedFaults(when.onCall, `${at}.onCall`),
    ...tooMany(when.roles, `${at}.roles`),
    ...tooMany(when.scopes, `${at}.scopes`),
    ...[...when.roles, ...when.scopes].flatMap(({ id }) =>
      id.trim() === '' ? { at, why: 'A role or a scope is known by its id: choose it from the list.' } : [],
    ),
  ];
  if (longer !== null && !(Number.isInteger(longer) && longer >= 1))
    faults.push({ at: `${at}.longerThanMinutes`, why: 'Write whole minutes, 1 or more.' });
  if (most !== null && !(Number.isInteger(most) && most >= 1))
    faults.push({ at: `${at}.atMostMinutes`, why: 'Write whole minutes, 1 or more.' });
  if (longer !== null && most !== null && longer >= most)
    faults.push({ at: `${at}.longerThanMinutes`, why: 'Nothing is longer than that and at most the other.' });
  if (!hours) return faults;
  if (!isTimeZone(hours.zone))
    faults.push({ at: `${at}.hours.zone`, why: 'Choose a time zone from the list.' });
  if (hours.days.length === 0 || hours.days.some((day) => !Number.isInteger(day) || day < 1 || day > 7))
    faults.push({ at: `${at}.hours.days`, why: 'Choose at least one day of the week.' });
  if (!time.test(hours.from)) faults.push({ at: `${at}.hours.from`, why: 'Write a time such as 18:00.' });
  if (!time.test(hours.until)) faults.push({ at: `${at}.hours.until`, why: 'Write a time such as 08:00.' });
  return faults;
}

function setFaults(sets: readonly ApproverSet[], at: string): PolicyFault[] {
  return namedFaults(
    sets.flatMap((set) => ('id' in set ? [{ id: set.id, name: set.name }] : [])),
    at,
  );
}

function namedFaults(some: readonly Named[], at: string): PolicyFault[] {
  const unfit = some.find(({ id }) => !isGuid(id));
  const why = unfit && `“${unfit.name || unfit.id}” has no id that is a GUID: choose it from the list.`;
  return [...(why ? [{ at, why }] : []), ...tooMany(some, at)];
}

function tooMany(some: readonly unknown[], at: string): PolicyFault[] {
  return some.length > mostNamed ? [{ at, why: `Choose ${mostNamed} at most: a group says more.` }] : [];
}

function wait(at: string, minutes: number): PolicyFault[] {
  const isFit = Number.isInteger(minutes) && minutes > 0 && minutes <= longestWaitMinutes;
  return isFit ? [] : [{ at, why: 'Write minutes, more than 0 and 30 days at most.' }];
}
