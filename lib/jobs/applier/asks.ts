import { z } from 'zod';
import { type FaultKind, faultKinds } from '#lib/azure/faults.ts';
import { applierSteps } from '#lib/azure/ports.ts';
import { changeOutcomes } from '#lib/domain/access-change.ts';
import { scopeKinds } from '#lib/domain/assignment.ts';
import { holdingKinds } from '#lib/domain/inventory.ts';
import { planes } from '#lib/domain/plane.ts';
import { principalKinds } from '#lib/domain/principal.ts';

/** What the owner of the database may ask the Applier, line by line. Everything else is refused. */
const text = z.string().max(10_000);
const id = z.guid();
const scope = text.regex(/^\/[^?#]*$/).refine((path) => !path.includes('..'), 'leads elsewhere');

const kept = z
  .strictObject({
    ...{ assignmentId: text, azureId: text, scheduleId: text.nullable(), kind: z.enum(holdingKinds) },
    ...{ plane: z.enum(planes), roleId: text, scopeId: text, roleName: text, scopeName: text },
    ...{ scopeKind: z.enum(scopeKinds), principalId: id, principalName: text },
    ...{
      principalKind: z.enum(principalKinds),
      condition: text.nullable(),
      conditionVersion: text.nullable(),
    },
    ...{ startsAt: z.iso.datetime().nullable(), endsAt: z.iso.datetime().nullable() },
  })
  .superRefine((one, issues) => {
    const fits =
      one.plane === 'group'
        ? id.safeParse(one.scopeId).success && ['member', 'owner'].includes(one.roleId)
        : scope.safeParse(one.scopeId).success && id.safeParse(one.roleId).success;
    if (!fits) issues.addIssue({ code: 'custom', message: 'No role at a scope.' });
  });

const act = z.strictObject({
  ...{ changeId: id, round: z.int().min(0), kept, memberId: id, wayGroupId: id.nullable() },
  ...{ facts: z.record(text, text), now: z.iso.datetime() },
});

export const ask = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('who') }),
  z.strictObject({ ask: z.literal('act'), traceId: text, step: z.enum(applierSteps), act }),
]);
export type Ask = z.infer<typeof ask>;

const kinds = Object.keys(faultKinds) as [FaultKind, ...FaultKind[]];
const fault = z.object({
  ...{ kind: z.enum(kinds), status: z.number(), code: text, message: text },
  retryAfterSeconds: z.number().nullable(),
});

/** What it answers. */
export const answer = z.union([
  z.object({ clientId: id }),
  z.object({
    told: z.discriminatedUnion('is', [
      z.object({ is: z.literal('told'), facts: z.record(text, text) }),
      z.object({ is: z.literal('gone') }),
      z.object({
        ...{ is: z.literal('obstacle'), outcome: z.enum(changeOutcomes), why: text },
        isHalf: z.boolean().optional(),
      }),
    ]),
  }),
  z.object({ fault }),
  z.object({ refused: text }),
]);
export type Answer = z.infer<typeof answer>;
