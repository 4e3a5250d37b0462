'use server';

import { z } from 'zod';
import { administer, anew, door, typed } from '#app/(portal)/door.ts';
import { takeOne } from '#lib/auth/rate.ts';
import { approvalPolicyFaults } from '#lib/domain/approval-policy-faults.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { type Outcome, Refusal } from '#lib/domain/refusal.ts';
import { restorePolicy, savePolicy } from '#lib/operations/approval-policy/save-policy.ts';
import { tryPolicy } from '#lib/operations/approval-policy/try-policy.ts';
import { linkAccounts, unlinkAccount } from '#lib/operations/linked-accounts/link-accounts.ts';
import { checkTicket } from '#lib/operations/tickets/check-ticket.ts';
import {
  type KnownThing,
  knownKinds,
  type TrialAnswer,
  type TrialRole,
} from '#lib/queries/approval-policy-rows.ts';
import { eligibleOf, knownThings } from '#lib/queries/known-things.ts';
import { liveTickets } from '#lib/tickets/live.ts';
import { policyText, trialRole } from './policy-shape.ts';

const version = z.number().int().min(0);
const saved = z.object({ document: policyText, note: typed, version });

/** Puts a new version of the approval policy in force. */
export async function saveApprovalPolicy(input: z.input<typeof saved>): Promise<Outcome<null>> {
  return administer('saveApprovalPolicy', saved, input, async (known, ctx) => {
    await savePolicy(ctx, known);
    return null;
  });
}

const restoring = z.object({ restored: z.number().int().min(1), note: typed, version });

/** Puts an old version in force again, as a new one. */
export async function restoreApprovalPolicy(input: z.input<typeof restoring>): Promise<Outcome<null>> {
  return administer('restoreApprovalPolicy', restoring, input, async (known, ctx) => {
    await restorePolicy(ctx, known);
    return null;
  });
}

const pasted = z.object({ text: z.string().max(900_000) });

/** Reads a policy from a document that was pasted, and says what is wrong with it. Nothing is saved. */
export async function readApprovalPolicy(
  input: z.input<typeof pasted>,
): Promise<Outcome<{ document: string }>> {
  return door('readApprovalPolicy', pasted, input, async ({ text }, ctx, session) => {
    if (!mayAdminister((await anew(ctx, session)).actor)) throw new Refusal('not_found');
    const read = policyText.safeParse(text);
    if (!read.success) {
      const [issue] = read.error.issues;
      throw new Refusal(
        'malformed',
        `${issue?.path.join('.') || 'The document'}: ${issue?.message}.`,
        'text',
      );
    }
    const [fault] = approvalPolicyFaults(read.data);
    if (fault) throw new Refusal('malformed', `${fault.at}: ${fault.why}`, 'text');
    return { document: JSON.stringify(read.data) };
  });
}

const search = z.object({ kind: z.enum(knownKinds), text: z.string().max(200) });

/** Finds people, groups, roles, scopes and schedules by a part of their names. */
export async function findForRule(input: z.input<typeof search>): Promise<Outcome<KnownThing[]>> {
  return door('findForRule', search, input, async ({ kind, text }, ctx) => {
    const found = await knownThings(ctx.actor, kind, text);
    if (!found) throw new Refusal('not_found');
    return found;
  });
}

const whose = z.object({ personId: z.guid() });

/** What somebody is eligible for, to try the policy with. */
export async function findEligible(input: z.input<typeof whose>): Promise<Outcome<TrialRole[]>> {
  return door('findEligible', whose, input, async ({ personId }, ctx) => {
    const found = await eligibleOf(ctx.actor, personId);
    if (!found) throw new Refusal('not_found');
    return found;
  });
}

const trial = z.object({
  personId: z.guid(),
  role: trialRole,
  minutes: z.number().int().min(1).max(1440),
  startsAt: z.iso.datetime().nullable(),
  ticketNumber: typed.pipe(z.string().max(100)),
  policy: policyText.nullable(),
});

/** What would happen if somebody asked for a role, and why. Nothing is filed. */
export async function tryApprovalPolicy(input: z.input<typeof trial>): Promise<Outcome<TrialAnswer>> {
  return door('tryApprovalPolicy', trial, input, async ({ startsAt, ...known }, ctx, session) => {
    const administrator = await anew(ctx, session);
    if (!mayAdminister(administrator.actor)) throw new Refusal('not_found');
    if (known.ticketNumber !== '') takeOne('ticket', ctx.actor.objectId);
    const ticketCheck = await checkTicket(known.ticketNumber, liveTickets);
    return tryPolicy(administrator, {
      ...known,
      ticketCheck,
      startsAt: startsAt ? new Date(startsAt) : null,
    });
  });
}

const pair = z.object({ accountId: z.guid(), otherId: z.guid() });

/** Says that two accounts are one person's. */
export async function linkTwoAccounts(input: z.input<typeof pair>): Promise<Outcome<null>> {
  return administer('linkTwoAccounts', pair, input, async (known, ctx) => {
    await linkAccounts(ctx, known);
    return null;
  });
}

const single = z.object({ accountId: z.guid() });

/** Says that an account is somebody's of their own. */
export async function unlinkOneAccount(input: z.input<typeof single>): Promise<Outcome<null>> {
  return administer('unlinkOneAccount', single, input, async ({ accountId }, ctx) => {
    await unlinkAccount(ctx, accountId);
    return null;
  });
}
