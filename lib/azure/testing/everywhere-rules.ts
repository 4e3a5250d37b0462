import { describe, expect, test } from 'vitest';
import { roleKey } from '#lib/domain/assignment.ts';
import { placeOf } from '#lib/domain/difference.ts';
import { planes } from '#lib/domain/plane.ts';
import { type Bench, givesAccess } from './bench.ts';
import { activate, seen } from './moves.ts';

/** What a reading of the whole tenant finds. */
export function everywhereRules(bench: () => Bench): void {
  describe.each(planes)('%s: everybody’s activations', (plane) => {
    test('without any there are none: standing assignments are not activations', async () => {
      const { ports, cast } = bench();
      const role = cast.plain[plane];
      const reading = await ports.reader.activatedEverywhere(plane, plane === 'group' ? [role.scopeId] : []);
      expect(reading.held).toEqual([]);
      expect(reading.places).toContain(placeOf(role));
    });

    test('an activation is found with its holder and its window, in the place it lies in', async (test) => {
      const one = bench();
      if (!one.advance) test.skip(givesAccess);
      const { ports, cast } = one;
      const role = cast.plain[plane];
      await activate(one, cast.engineer, role);
      const { startsAt, endsAt, roleName, scopeName } = await seen(one, role, cast.engineer);
      const { held, places } = await ports.reader.activatedEverywhere(
        plane,
        plane === 'group' ? [role.scopeId] : [],
      );
      expect(held.map((row) => [row.principalId, row.kind, roleKey(row)])).toEqual([
        [cast.engineer.id, 'activated', roleKey(role)],
      ]);
      const [row] = held;
      expect(row).toMatchObject({ startsAt, endsAt, roleName, principalName: cast.engineer.name });
      if (plane !== 'group') expect(row?.scopeName).toBe(scopeName);
      expect(row?.assignmentId).toBeTruthy();
      expect(places).toContain(placeOf(role));
      // Its log may be late or closed: then it tells nothing, and does not fail.
      const told = row && (await ports.reader.whoActivated(row));
      if (told) expect(told.justification).toBe('Look into the failing backups');
    });
  });
}
