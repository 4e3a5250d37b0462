import { settingOf } from '#db/settings.ts';
import { takeProof } from '#db/take-proof.ts';
import { asksAnything } from '#lib/domain/proof.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Settings } from '#lib/domain/settings.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { saveSetting } from './save-setting.ts';

type Rules = Settings['step_up'];

/**
 * Saves when Stint asks for a fresh sign-in. Who switches it on passes it first, by the rules they save: nobody locks
 * everybody out by asking for what cannot be met. Who changes it passes what it asks of administration until now.
 * @throws Refusal as `saveSetting`; ProofNeeded
 */
export async function saveStepUp(
  ctx: PersonContext,
  { value, version }: { value: Rules; version: number },
): Promise<void> {
  // The sign-in asked for here is the stricter of two, not that of `change`.
  await saveSetting({ ...ctx, administers: false }, { key: 'step_up', value, version }, async (tx) => {
    const before = await settingOf(tx, 'step_up');
    const asking = [before.administration && before, asksAnything(value) && value].filter(
      (one) => one !== false,
    );
    const contexts = new Set(asking.flatMap(({ context }) => context ?? []));
    if (contexts.size > 1) {
      throw new Refusal(
        'malformed',
        'One sign-in cannot meet two authentication contexts. Switch administration off with the old one, then on with the new one.',
        'context',
      );
    }
    const [first] = asking;
    if (!first) return;
    const freshMinutes = Math.min(...asking.map((one) => one.freshMinutes));
    await takeProof(tx, ctx.call, { context: [...contexts][0] ?? null, freshMinutes });
  });
}
