import { describe, expect, test } from 'vitest';
import { roleKey } from '#lib/domain/assignment.ts';
import { type Bench, givesAccess } from './bench.ts';
import { activate, activationOf, faultFrom, seen } from './moves.ts';

/** What lies below an eligibility's scope, and asking for a role there. */
export function placeRules(bench: () => Bench): void {
  describe('places below a scope', () => {
    test('are listed level by level, to the end', async () => {
      const { ports, cast, token } = bench();
      const own = await token(cast.engineer, 'azure');
      const groups = await ports.places.below(own, cast.plain.azure.scopeId);
      expect(groups.length).toBeGreaterThan(0);
      expect(new Set(groups.map(({ kind }) => kind))).toEqual(new Set(['resource_group']));
      expect(groups.every(({ id }) => id.startsWith(`${cast.plain.azure.scopeId}/`))).toBe(true);
      const levels = await Promise.all(groups.map(({ id }) => ports.places.below(own, id)));
      expect(new Set(levels.flat().map(({ kind }) => kind))).toEqual(new Set(['resource']));
      expect(await ports.places.below(own, levels.flat()[0]?.id ?? '')).toEqual([]);
    });

    test('a role can be activated at one, and is seen there and not above', async (context) => {
      context.skip(!bench().advance, givesAccess);
      const { ports, cast, token } = bench();
      const { engineer, plain } = cast;
      const [place] = await ports.places.below(await token(engineer, 'azure'), plain.azure.scopeId);
      const { eligibilityId } = await activationOf(bench(), engineer, plain.azure);
      const narrower = { ...plain.azure, scopeId: place?.id ?? '' };
      const { filed } = await activate(bench(), engineer, narrower, { eligibilityId });
      expect(filed.status).toBe('provisioned');
      expect(roleKey(await seen(bench(), narrower, engineer))).toBe(roleKey(narrower));
      expect(await ports.reader.activated(plain.azure, engineer.id)).toBeNull();
    });

    test('a token for nobody is told of none', async () => {
      const { ports, cast } = bench();
      const fault = await faultFrom(ports.places.below('no-token', cast.plain.azure.scopeId));
      expect(fault.kind).toBe('token_refused');
    });
  });
}
