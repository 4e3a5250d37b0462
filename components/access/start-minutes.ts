import { unknownPolicy } from '#lib/domain/policy.ts';
import { inWords } from '#lib/domain/time.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';
import { defaultMinutes } from './chosen-policy.ts';

type Role = Pick<EligibleRow, 'policy' | 'usual'>;

/** What a role is asked for when nobody says how long: what the person usually takes, an hour, or its longest. Minutes. */
export function startMinutes({ policy, usual }: Role): number {
  const { maximumMinutes } = policy ?? unknownPolicy;
  return Math.min(usual?.minutes ?? defaultMinutes(unknownPolicy), maximumMinutes);
}

/** Does its policy ask for something to be typed? One that is not known does. */
export function asksText({ policy }: Pick<EligibleRow, 'policy'>): boolean {
  const { justification, ticket } = policy ?? unknownPolicy;
  return justification || ticket;
}

/** What the length is taken from, for one role; null: nothing to tell. */
export function usualWords(roles: readonly Role[]): string | null {
  const [only, other] = roles;
  if (!only?.usual || other) return null;
  return `your last ${only.usual.uses} took ${inWords(only.usual.took)}`;
}
