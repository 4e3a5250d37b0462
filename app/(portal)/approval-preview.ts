'use server';

import { z } from 'zod';
import type { Outcome } from '#lib/domain/refusal.ts';
import { type OwnPreview, previewOwn } from '#lib/operations/approval-policy/own-rules.ts';
import { door, typed } from './door.ts';

const about = z.object({
  roles: z
    .array(
      z.object({
        key: z.string().max(2000),
        minutes: z.number().int().min(1).max(1440),
        narrowerScopeId: z.string().max(1000).optional(),
      }),
    )
    .max(50),
  startsAt: z.iso.datetime({ offset: true }).nullable(),
  ticketNumber: typed.pipe(z.string().max(100)),
});

/** What an ask of the viewer's own would wait for in Stint, before it is sent. */
export async function previewApproval(input: z.input<typeof about>): Promise<Outcome<OwnPreview[]>> {
  return door('previewApproval', about, input, async ({ startsAt, ...known }, ctx) =>
    previewOwn(ctx.actor, { ...known, startsAt: startsAt ? new Date(startsAt) : null }),
  );
}
