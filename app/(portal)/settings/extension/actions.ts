'use server';

import { z } from 'zod';
import { administer } from '#app/(portal)/door.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { saveSetting } from '#lib/operations/settings/save-setting.ts';

const extension = z.object({
  version: z.number().int().min(0),
  value: z.object({ autoApproves: z.boolean() }),
});

/** Whether Stint may have PIM leave its own approver out. */
export async function saveExtensionRules(input: z.input<typeof extension>): Promise<Outcome<null>> {
  return administer('saveExtensionRules', extension, input, async (asked, ctx) => {
    await saveSetting(ctx, { key: 'extension', ...asked });
    return null;
  });
}
