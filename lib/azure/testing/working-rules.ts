import { describe, expect, test } from 'vitest';
import { planes } from '#lib/domain/plane.ts';
import { type Bench, givesAccess } from './bench.ts';
import { activate, seen } from './moves.ts';

/** Whether access works, by what the person may do and not by what PIM lists. */
export function workingRules(bench: () => Bench): void {
  describe.each(planes)('%s: working', (plane) => {
    test('a role works once it is active, and before that it does not', async (context) => {
      context.skip(!bench().advance, givesAccess);
      const { ports, cast, token: tokenOf } = bench();
      const role = cast.plain[plane];
      const definition = await ports.reader.roleDefinition(role);
      const token = await tokenOf(cast.engineer, plane);
      expect(await ports.person[plane].works(token, { role, definition })).toBe('not_yet');
      await activate(bench(), cast.engineer, role);
      await seen(bench(), role, cast.engineer);
      expect(await ports.person[plane].works(token, { role, definition })).toBe('yes');
    });

    test('it does not work for somebody else', async (context) => {
      context.skip(!bench().advance, givesAccess);
      const { ports, cast, token } = bench();
      const role = cast.plain[plane];
      await activate(bench(), cast.engineer, role);
      await seen(bench(), role, cast.engineer);
      const definition = await ports.reader.roleDefinition(role);
      const other = await token(cast.stranger, plane);
      expect(await ports.person[plane].works(other, { role, definition })).toBe('not_yet');
    });
  });
}
