import { randomUUID } from 'node:crypto';
import { closeRefusals, recordRefusal, WINDOW_MINUTES } from '#lib/audit/refusals.ts';

/** What tests that kill an engine ask of its doors. */
export const refusalVerbs = {
  /** A stranger at a door, `times` times. */
  async refuse(times: number) {
    const who = { kind: 'stranger', address: 'killed' } as const;
    const facts = {
      door: 'killed',
      code: 'cross_site',
      subject: null,
      now: new Date(),
      traceId: randomUUID(),
    };
    for (let n = 0; n < times; n++) await recordRefusal({ who, ...facts });
  },

  /** As the round does: what was counted goes to the database; with `over`, the window is over and told. */
  async closeRefusals(over: boolean) {
    await closeRefusals(new Date(Date.now() + (over ? WINDOW_MINUTES * 60_000 : 0)), randomUUID());
  },
};
