import { eq } from 'drizzle-orm';
import { requests } from '#db/schema/requests.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { challengeWords, waitsForStepUp } from '#lib/domain/challenge.ts';
import { decidersOf } from './deciders.ts';
import type { RequestRow, StepUpAsk } from './rows.ts';

/** What every list of requests shows of one. */
export const requestColumns = {
  id: requests.id,
  requesterId: requests.requesterId,
  requesterName: requests.requesterName,
  origin: requests.origin,
  plane: requests.plane,
  roleId: requests.roleId,
  scopeId: requests.scopeId,
  roleName: requests.roleName,
  scopeName: requests.scopeName,
  scopeKind: requests.scopeKind,
  status: requests.status,
  justification: requests.justification,
  ticketNumber: requests.ticketNumber,
  minutes: requests.minutes,
  filedAt: requests.filedAt,
  startsAt: requests.startsAt,
  wantedStartAt: requests.wantedStartAt,
  endsAt: requests.endsAt,
  activeAt: requests.activeAt,
  endedAt: requests.endedAt,
  endCause: requests.endCause,
  failure: requests.failure,
  usableAt: requests.usableAt,
  probe: requests.probe,
  challenge: requests.challenge,
  eligibleScopeId: requests.eligibleScopeId,
  followsId: requests.followsId,
  endAfter: requests.endAfter,
};

type Selected = Pick<typeof requests.$inferSelect, keyof typeof requestColumns>;

export function asRequestRow(row: Selected, approvers: string[]): RequestRow {
  const { requesterId, requesterName, origin, wantedStartAt, challenge, ...facts } = row;
  const startsAt = facts.startsAt ?? wantedStartAt;
  return { ...facts, startsAt, key: roleKey(row), approvers, stepUp: stepUpOf(row) };
}

/** Kept on a request that went on too, so that a repeat is known as one. */
function stepUpOf({ status, challenge }: Pick<Selected, 'status' | 'challenge'>): StepUpAsk | null {
  if (!waitsForStepUp(status) || !challenge) return null;
  return { what: challengeWords(challenge.claims), repeats: challenge.repeats };
}

/** Names of those who can decide or sign, for the requests among these that still wait. */
export async function approversOf(rows: Pick<Selected, 'id' | 'status'>[]): Promise<Map<string, string[]>> {
  const waiting = rows.filter(
    ({ status }) => status === 'awaiting_approval' || status === 'awaiting_signatures',
  );
  const deciders = await decidersOf(waiting.map(({ id }) => id));
  return new Map(waiting.map(({ id }) => [id, deciders(id).map(({ name }) => name)]));
}

export const mine = (objectId: string) => eq(requests.requesterId, objectId);
