import { type DoorClass, takeOne } from './rate.ts';

/**
 * Lets a program through that shows who it is. It is looked at before anything is counted: who cannot show it takes from
 * the minute of their address, and once that is spent nothing more is done about them than this look, which is to stay
 * cheap; who can has a minute of their own, so that nobody behind the same address spends it for them.
 * @throws what `verify` throws; TooFast
 */
export async function admit<Caller>(
  doorClass: DoorClass,
  address: string,
  verify: () => Promise<Caller>,
  nameOf: (caller: Caller) => string,
): Promise<Caller> {
  const caller = await verify().catch((error) => {
    takeOne(doorClass, `address ${address}`);
    throw error;
  });
  takeOne(doorClass, `caller ${nameOf(caller)}`);
  return caller;
}
