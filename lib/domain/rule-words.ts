import type { ApprovalRule, ApproverSet, Conditions, Freeze, Stage } from './approval-policy.ts';
import { names, planesInWords } from './rule-conditions.ts';
import { inWords } from './time.ts';
import { daysInWords } from './week-hours.ts';

/** What a rule is about, as a sentence without its end: `Critical Azure roles at Production or below, longer than 2 h`. */
export function conditionsInWords(when: Conditions): string {
  const what = when.roles.length > 0 ? orNames(when.roles) : `${planesOf(when)}roles`;
  const parts = [
    when.scopes.length > 0 && `at ${names(when.scopes)} or below`,
    when.guests && 'asked by guests',
    when.groups.length > 0 && `asked by members of ${orNames(when.groups)}`,
    when.longerThanMinutes !== null && `longer than ${inWords(when.longerThanMinutes)}`,
    when.atMostMinutes !== null && `at most ${inWords(when.atMostMinutes)}`,
    when.hours &&
      `beginning ${daysInWords(when.hours.days)} ${when.hours.from}–${when.hours.until} (${when.hours.zone})`,
    when.onCall.length > 0 && `while on call by ${orNames(when.onCall)}`,
    when.inChangeWindow && 'within the window of an approved change',
  ].filter((part) => typeof part === 'string');
  const which = when.critical ? 'critical ' : what === 'roles' ? 'all ' : '';
  return capital([`${which}${what}`, ...parts].join(', '));
}

/** What happens then: `1 of sg-approvers, then 2 of the manager or Bo Okafor`. */
export function outcomeInWords({ then }: Pick<ApprovalRule, 'then'>): string {
  if (then.is === 'automatic') return 'nobody is asked; it is put on record';
  return then.stages.map(stageInWords).join(', then ');
}

export function stageInWords({ signatures, approvers }: Pick<Stage, 'signatures' | 'approvers'>): string {
  return `${signatures} of ${setsInWords(approvers)}`;
}

export function setsInWords(sets: readonly ApproverSet[]): string {
  return sets.map(setInWords).join(' or ');
}

function setInWords(set: ApproverSet): string {
  if (set.is === 'manager') return 'the manager';
  if (set.is === 'owner') return 'the owner';
  return set.is === 'on_call' ? `whoever is on call by ${set.name}` : set.name;
}

/** A rule in one sentence. */
export function ruleInWords(rule: Pick<ApprovalRule, 'when' | 'then'>): string {
  return `${conditionsInWords(rule.when)}: ${outcomeInWords(rule)}.`;
}

/** A freeze in one sentence, its times in UTC. */
export function freezeInWords({ from, until, when, except }: Freeze): string {
  const shown = (moment: string) => `${moment.slice(0, 16).replace('T', ' ')} UTC`;
  const but = except.length > 0 ? `, except ${orNames(except)}` : '';
  return `${conditionsInWords(when)}: nobody activates from ${shown(from)} to ${shown(until)}${but}.`;
}

const orNames = (some: readonly { name: string }[]) => some.map(({ name }) => name).join(' or ');

function planesOf({ planes }: Conditions): string {
  return planes.length > 0 ? `${planesInWords(planes)} ` : '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
