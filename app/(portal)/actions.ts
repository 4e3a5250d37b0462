'use server';

import { headers } from 'next/headers';
import { z } from 'zod';
import { refused } from '#lib/auth/refused.ts';
import type { Session } from '#lib/auth/session.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { audienceOf, type Plane, planes } from '#lib/domain/plane.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { decide } from '#lib/operations/approvals/decide.ts';
import { sign } from '#lib/operations/approvals/sign.ts';
import type { SealedTokens } from '#lib/operations/context.ts';
import { askRefresh } from '#lib/operations/mirror/ask-refresh.ts';
import { activate } from '#lib/operations/requests/activate.ts';
import { cancel } from '#lib/operations/requests/cancel.ts';
import { end } from '#lib/operations/requests/end.ts';
import { keepChallenge } from '#lib/operations/requests/keep-challenge.ts';
import { resume } from '#lib/operations/requests/resume.ts';
import { start } from '#lib/operations/requests/start.ts';
import { checkTicket } from '#lib/operations/tickets/check-ticket.ts';
import { askProbe } from '#lib/operations/usable/ask-probe.ts';
import { requestStands } from '#lib/queries/request-stands.ts';
import type { AskResult } from '#lib/queries/rows.ts';
import { liveTickets } from '#lib/tickets/live.ts';
import { door, requestId, sealer, sealerOrChallenges, shownStage, typed } from './door.ts';

const submit = z.object({
  roles: z
    .array(
      z.object({
        key: z.string().max(2000),
        minutes: z.number().int().min(1).max(100_000),
        narrowerScopeId: z.string().max(1000).optional(),
      }),
    )
    .max(50),
  justification: typed,
  ticketNumber: typed,
  startsAt: z.iso.datetime({ offset: true }).nullable(),
  submissionId: z.guid().optional(),
  bundleId: z.guid().nullish(),
});

/** Files one submit; each role is answered on its own. */
export async function activateRoles(
  input: z.input<typeof submit>,
): Promise<Outcome<{ submissionId: string; results: AskResult[] }>> {
  return door('activateRoles', submit, input, async ({ startsAt, ...rest }, ctx, session) => {
    const asked = rest.roles.flatMap(({ key }) => planes.filter((plane) => key.startsWith(`${plane}|`)));
    const { seal, asked: challenges } = await sealerOrChallenges(
      session,
      asked.map((plane) => audienceOf[plane]),
    );
    const ticketCheck = await checkTicket(rest.ticketNumber, liveTickets);
    const ask = { ...rest, startsAt: startsAt ? new Date(startsAt) : null, ticketCheck };
    const { submissionId, answers } = await activate(ctx, ask, seal, challenges);
    for (const { key, refusal } of answers) {
      if (refusal)
        await refused(await headers(), session.actor, {
          door: 'activateRoles',
          code: refusal.code,
          subject: key,
        });
    }
    const results = answers.map(({ refusal, ...answer }) => ({
      ...answer,
      refusal: refusal && { code: refusal.code, message: refusal.message, field: refusal.field },
    }));
    return { submissionId, results };
  });
}

const byId = { cancel, end, resume };

async function actOn(verb: keyof typeof byId, id: string): Promise<Outcome<null>> {
  return door(`${verb}Request`, requestId, id, async (known, ctx, session) => {
    const stands = await standsOf(session.actor, known);
    if (verb === 'cancel' && stands.isBeforeAzure) {
      await cancel(ctx, known, withoutToken);
      return null;
    }
    const audience = audienceOf[stands.plane];
    const { seal, asked } = await sealerOrChallenges(session, [audience]);
    const claims = asked[audience];
    if (claims) return keepChallenge(ctx, known, verb, { audience, claims });
    await byId[verb](ctx, known, seal);
    return null;
  });
}

async function standsOf(viewer: Actor, id: string) {
  const stands = await requestStands(viewer, id);
  if (!stands) throw new Refusal('not_found');
  return stands;
}

/** Nothing is fetched for what Azure never heard of; moved on meanwhile, it is asked for once more. */
const withoutToken: SealedTokens = () => {
  throw new Refusal('conflict');
};

export async function cancelRequest(id: string): Promise<Outcome<null>> {
  return actOn('cancel', id);
}

export async function endRequest(id: string): Promise<Outcome<null>> {
  return actOn('end', id);
}

export async function resumeRequest(id: string): Promise<Outcome<null>> {
  return actOn('resume', id);
}

/** Lends a fresh token of the person's, so that it can be found out whether their access works. */
export async function probeRequest(id: string): Promise<Outcome<null>> {
  return door('probeRequest', requestId, id, async (known, ctx, session) => {
    const seal = await sealer(session, [audienceOf[(await standsOf(session.actor, known)).plane]]);
    await askProbe(ctx, known, seal);
    return null;
  });
}

const decision = z.object({
  requestId,
  shownStage,
  decision: z.enum(['approve', 'deny']),
  justification: typed,
});

/** Starts what was approved; a stronger sign-in that Microsoft asks for is kept with it. */
export async function startRequest(id: string): Promise<Outcome<null>> {
  return door('startRequest', requestId, id, async (known, ctx, session) => {
    const { plane } = await standsOf(session.actor, known);
    const { seal, asked } = await sealerOrChallenges(session, [audienceOf[plane]]);
    await start(ctx, known, seal, asked);
    return null;
  });
}

/**
 * An approver's decision: a signature of the stage that waits, or what PIM waits for. That Azure hears from a job, with
 * the approver's own token.
 */
export async function decideRequest(input: z.input<typeof decision>): Promise<Outcome<null>> {
  return door(
    'decideRequest',
    decision,
    input,
    async ({ requestId: id, shownStage: stage, decision: chosen, justification }, ctx, session) => {
      const made = { requestId: id, approve: chosen === 'approve', justification };
      const { plane, isSigned, isAskedByPim } = await standsOf(session.actor, id);
      if (isSigned) {
        const lend = isAskedByPim ? await lent(session, plane) : null;
        await sign(ctx, { ...made, shownStage: stage, via: 'portal' }, lend);
        return null;
      }
      const { seal, asked } = await sealerOrChallenges(session, [audienceOf[plane]]);
      await decide(ctx, made, seal, { asked });
      return null;
    },
  );
}

/** The approver's token, to pass their signature on to PIM; null: not to be had now, and they will be asked again. */
async function lent(session: Session, plane: Plane): Promise<SealedTokens | null> {
  try {
    return await sealer(session, [audienceOf[plane]]);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

async function refresh(name: string, what: 'refresh-access' | 'refresh-approvals'): Promise<Outcome<null>> {
  return door(name, z.undefined(), undefined, async (_, ctx, session) => {
    const { seal, asked } = await sealerOrChallenges(session, ['graph', 'arm']);
    await askRefresh(ctx, what, seal, asked);
    return null;
  });
}

/** Has Stint read the person's own access again, behind the page. */
export async function refreshAccess(): Promise<Outcome<null>> {
  return refresh('refreshAccess', 'refresh-access');
}

/** Has Stint read again what waits for the person's decision. */
export async function refreshApprovals(): Promise<Outcome<null>> {
  return refresh('refreshApprovals', 'refresh-approvals');
}
