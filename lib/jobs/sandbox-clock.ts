import { transaction } from '#db/client.ts';
import { setClockOffset } from '#db/clock.ts';
import { config } from '#lib/config/config.ts';

let known: number | null = null;

/** Sandbox only: when a test moves the emulator's clock, Stint's moves with it. */
export async function followSandboxClock(): Promise<void> {
  const { sandbox, emulatorHttpOrigin } = config();
  if (!sandbox || !emulatorHttpOrigin) return;
  const response = await fetch(`${emulatorHttpOrigin}/_emulator/clock`, {
    signal: AbortSignal.timeout(5_000),
  });
  const { offsetSeconds } = (await response.json()) as { offsetSeconds: number };
  if (offsetSeconds === known || !Number.isFinite(offsetSeconds)) return;
  await transaction((tx) => setClockOffset(tx, offsetSeconds));
  known = offsetSeconds;
}
