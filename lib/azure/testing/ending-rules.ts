import { describe, expect, test } from 'vitest';
import { planes } from '#lib/domain/plane.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { type Bench, givesAccess } from './bench.ts';
import { activate, faultFrom, seen } from './moves.ts';

/** How access ends: early, by the clock, or before it began. */
export function endingRules(bench: () => Bench): void {
  describe.each(planes)('%s: ending', (plane) => {
    test('not in the first five minutes', async (context) => {
      context.skip(!bench().advance, givesAccess);
      const { ports, cast } = bench();
      const { activation, token } = await activate(bench(), cast.engineer, cast.plain[plane]);
      await seen(bench(), cast.plain[plane], cast.engineer);
      const fault = await faultFrom(ports.person[plane].deactivate(token, activation));
      expect(fault).toMatchObject({ kind: 'too_short', retry: 'never' });
      expect(await ports.reader.activated(cast.plain[plane], cast.engineer.id)).not.toBeNull();
    });

    test('after them it is gone at once, and ending it again is quiet', async (context) => {
      const { ports, cast, advance } = bench();
      if (!advance) return context.skip();
      const role = cast.plain[plane];
      const { activation, token } = await activate(bench(), cast.engineer, role);
      await seen(bench(), role, cast.engineer);
      await advance(6);
      await ports.person[plane].deactivate(token, activation);
      expect(await ports.reader.activated(role, cast.engineer.id)).toBeNull();
      await ports.person[plane].deactivate(token, activation);
    });

    test('by the clock it expires, and the role may be asked for again', async (context) => {
      const { ports, cast, advance } = bench();
      if (!advance) return context.skip();
      const role = cast.plain[plane];
      await activate(bench(), cast.engineer, role);
      await seen(bench(), role, cast.engineer);
      await advance(61);
      expect(await ports.reader.activated(role, cast.engineer.id)).toBeNull();
      const { filed } = await activate(bench(), cast.engineer, role);
      expect(filed.status).toBe('provisioned');
    });

    test('a scheduled one is cancelled before it starts', async () => {
      const { ports, cast } = bench();
      const role = cast.plain[plane];
      const startsAt = plusMinutes(new Date(), 24 * 60);
      const { activation, filed, token } = await activate(bench(), cast.engineer, role, { startsAt });
      await ports.person[plane].cancel(token, { azureId: filed.azureId, role });
      const now = await ports.person[plane].filed(token, { ...activation, azureId: filed.azureId, role });
      expect(now?.status).toBe('cancelled');
    });

    test('a granted one cannot be cancelled, and not by a stranger', async (context) => {
      context.skip(!bench().advance, givesAccess);
      const { ports, cast, token: tokenOf } = bench();
      const role = cast.plain[plane];
      const { filed, token } = await activate(bench(), cast.engineer, role);
      const own = ports.person[plane].cancel(token, { azureId: filed.azureId, role });
      expect(await faultFrom(own)).toMatchObject({ kind: 'not_cancellable', retry: 'never' });
      const stranger = await tokenOf(cast.stranger, plane);
      const others = ports.person[plane].cancel(stranger, { azureId: filed.azureId, role });
      expect(await faultFrom(others)).toMatchObject({ kind: 'not_allowed', retry: 'never' });
    });
  });
}
