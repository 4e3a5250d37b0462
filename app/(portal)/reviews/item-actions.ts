'use server';

import { headers } from 'next/headers';
import type { z } from 'zod';
import { door } from '#app/(portal)/door.ts';
import { refused as putOnRecord } from '#lib/auth/refused.ts';
import type { Outcome, RefusalCode } from '#lib/domain/refusal.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { decideItems } from '#lib/operations/reviews/decide-items.ts';
import { handOn } from '#lib/operations/reviews/hand-on.ts';
import { submitItems } from '#lib/operations/reviews/submit-items.ts';
import { decisionShape, handOnShape, submitShape } from './shapes.ts';

interface Refused {
  id: string;
  code: RefusalCode;
  message: string;
}

/** Decides items of a review, as a draft until it is submitted; each is answered on its own. */
export async function decideReviewItems(
  input: z.input<typeof decisionShape>,
): Promise<Outcome<{ refused: Refused[] }>> {
  return door('decideReviewItems', decisionShape, input, async (asked, ctx) => {
    const { refused } = await decideItems(ctx, asked);
    await note(ctx, 'decideReviewItems', refused);
    return { refused };
  });
}

/** Submits drafts of the viewer; answers how many. */
export async function submitReviewItems(input: z.input<typeof submitShape>): Promise<Outcome<number>> {
  return door('submitReviewItems', submitShape, input, (asked, ctx) => submitItems(ctx, asked));
}

/** Gives items to somebody who knows better. */
export async function handOnReviewItems(
  input: z.input<typeof handOnShape>,
): Promise<Outcome<{ refused: Refused[] }>> {
  return door('handOnReviewItems', handOnShape, input, async (asked, ctx) => {
    const { refused } = await handOn(ctx, asked);
    await note(ctx, 'handOnReviewItems', refused);
    return { refused };
  });
}

async function note({ actor }: PersonContext, name: string, refused: Refused[]): Promise<void> {
  const head = await headers();
  for (const code of new Set(refused.map((no) => no.code))) {
    const subject = refused.find((no) => no.code === code)?.id ?? null;
    await putOnRecord(head, actor, { door: name, code, subject });
  }
}
