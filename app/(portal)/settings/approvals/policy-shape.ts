import { z } from 'zod';
import type { ApprovalPolicy } from '#lib/domain/approval-policy.ts';
import { scopeKinds } from '#lib/domain/assignment.ts';
import { planes } from '#lib/domain/plane.ts';

const name = z.string().trim().max(200);
const id = z.string().trim().max(500);
const named = z.strictObject({ id, name });
const some = z.array(named).max(200);
const minutes = z.number().int();
const plane = z.enum(planes);

const approvers = z
  .array(
    z.discriminatedUnion('is', [
      named.extend({ is: z.literal('person') }),
      named.extend({ is: z.literal('group') }),
      z.strictObject({ is: z.literal('manager') }),
      z.strictObject({ is: z.literal('owner') }),
      named.extend({ is: z.literal('on_call') }),
    ]),
  )
  .max(200);

const conditions = z.strictObject({
  planes: z.array(plane).max(planes.length),
  roles: z.array(named.extend({ plane })).max(200),
  scopes: some,
  critical: z.boolean(),
  groups: some,
  guests: z.boolean(),
  longerThanMinutes: minutes.nullable(),
  atMostMinutes: minutes.nullable(),
  hours: z
    .strictObject({
      zone: z.string().max(60),
      days: z.array(z.number().int()).max(7),
      from: name,
      until: name,
    })
    .nullable(),
  onCall: some,
  inChangeWindow: z.boolean(),
});

const stage = z.strictObject({
  name,
  approvers,
  signatures: z.number().int(),
  excluded: some,
  remindAfterMinutes: minutes.nullable(),
  escalation: z.strictObject({ afterMinutes: minutes, approvers }).nullable(),
});

const then = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('stages'),
    stages: z.array(stage).max(20),
    lapseMinutes: minutes,
    useByMinutes: minutes,
    bulk: z.boolean(),
  }),
  z.strictObject({ is: z.literal('automatic') }),
]);

/** A policy as a document: what the form sends, and what is pasted. What it says is judged by the domain. */
const policyShape: z.ZodType<ApprovalPolicy> = z.strictObject({
  rules: z.array(z.strictObject({ id, name, when: conditions, then })).max(1000),
  freezes: z
    .array(
      z.strictObject({
        ...{ id, name, from: z.iso.datetime(), until: z.iso.datetime() },
        ...{ when: conditions, except: some },
      }),
    )
    .max(1000),
  endsBypassed: z.boolean(),
});

/**
 * The same as text. As an object it would not arrive: React takes no part of an action's input that has a `then`, lest it
 * be waited for.
 */
export const policyText: z.ZodType<ApprovalPolicy, string> = z
  .string()
  .max(900_000)
  .transform((text, ctx) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      ctx.addIssue('This is no JSON');
      return z.NEVER;
    }
  })
  .pipe(policyShape);

export const trialRole = z.object({
  ...{ plane, roleId: z.string().max(200), scopeId: z.string().max(1000) },
  ...{ roleName: z.string().max(300), scopeName: z.string().max(300), scopeKind: z.enum(scopeKinds) },
});
