import { randomUUID } from 'node:crypto';
import type { Tx } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import { type Challenge, challengeNote } from '#lib/domain/challenge.ts';
import type { Ask, PolicyFacts } from '#lib/domain/policy.ts';
import { approvalHours, plusMinutes } from '#lib/domain/time.ts';
import type { Told } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import type { Placed } from './placed.ts';

/** What a request shares with others. */
interface Own {
  submissionId: string;
  afterId: string | null;
  bundleId: string | null;
  occurrenceId: string | null;
}

/** If the provisioning job is lost, the next look files it again. */
const lookAgainMinutes = 2;

interface Facts {
  policy: PolicyFacts | null;
  now: Date;
  /** The stronger sign-in it waits for; null: Azure is asked at once. */
  challenge: Challenge | null;
  /** Stint's own stages come first. */
  isStaged: boolean;
}

/** The new request's id, or null when the person already has a live one for this role and scope. */
export async function insertRequest(
  tx: Tx,
  ctx: PersonContext,
  role: Placed,
  ask: Ask,
  own: Own,
  { policy, now, challenge, isStaged }: Facts,
): Promise<string | null> {
  const { principalId, throughGroupId, throughGroupName, endsAt, ...facts } = role;
  const [row] = await tx
    .insert(requests)
    .values({
      ...facts,
      ...own,
      id: randomUUID(),
      origin: 'stint',
      requesterId: principalId,
      requesterName: ctx.actor.name,
      justification: ask.justification,
      ticketNumber: ask.ticketNumber,
      minutes: ask.minutes,
      wantedStartAt: ask.startsAt,
      ...(isStaged ? unsigned : waiting(challenge, now, ask.startsAt)),
      policy,
      filedAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: requests.id });
  return row?.id ?? null;
}

/** How a new request stands that waits for signatures: nothing is kept for Azure, and nothing looked at there. */
export const unsigned = { status: 'awaiting_signatures', challenge: null, checkAt: null } as const;

/** How a new request stands: Azure is asked at once, or first its person for a stronger sign-in. */
export function waiting(challenge: Challenge | null, now: Date, startsAt: Date | null) {
  const from = challenge && startsAt && startsAt > now ? startsAt : now;
  return {
    needsSince: challenge && now,
    status: challenge ? ('needs_you' as const) : ('filed' as const),
    challenge,
    failure: challenge && challengeNote(challenge),
    // Azure has not heard of what waits for a sign-in: what is looked at is whether the person came back.
    checkAt: plusMinutes(from, challenge ? approvalHours * 60 : lookAgainMinutes),
  };
}

/** What the record says of it. */
export function toldFiled(id: string, role: Placed, ask: Ask, own: Own): Told {
  const { plane, roleId, scopeId, roleName, scopeName, eligibleScopeId } = role;
  const { minutes, justification, ticketNumber, startsAt } = ask;
  return {
    action: 'request.filed',
    subject: { kind: 'request', id },
    details: {
      plane,
      roleId,
      scopeId,
      roleName,
      scopeName,
      ...(eligibleScopeId && { eligibleScopeId }),
      minutes,
      justification,
      ticketNumber,
      startsAt,
      ...own,
    },
  };
}
