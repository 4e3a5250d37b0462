import { describe, expect, test } from 'vitest';
import { planes } from '#lib/domain/plane.ts';
import type { Bench } from './bench.ts';

/** What the Reader identity tells of the whole tenant. */
export function readerRules(bench: () => Bench): void {
  describe.each(planes)('%s: reading', (plane) => {
    test('the policy tells what an activation needs', async () => {
      const { ports, cast } = bench();
      const policy = await ports.reader.policy(cast.plain[plane]);
      expect(policy).toMatchObject({ justification: true, approval: false, approvers: [] });
      expect(policy?.maximumMinutes).toBeGreaterThanOrEqual(60);
    });

    test('approvers are people, whatever groups they come through', async () => {
      const { ports, cast } = bench();
      const policy = await ports.reader.policy(cast.approved[plane]);
      expect(policy?.approval).toBe(true);
      for (const { id, name } of cast.approvers[plane]) {
        expect(policy?.approvers).toContainEqual(
          expect.objectContaining({ id, name, through: expect.any(String) }),
        );
      }
    });

    test('a role’s definition is known, and of a role that is none nothing', async () => {
      const { ports, cast } = bench();
      const role = cast.plain[plane];
      const definition = await ports.reader.roleDefinition(role);
      expect(definition).toMatchObject({ plane, id: role.roleId, isBuiltIn: true });
      expect(definition?.name).not.toBe(role.roleId);
      const nowhere = '99999999-0000-4000-8000-000000000000';
      const unknown = plane === 'group' ? { ...role, scopeId: nowhere } : { ...role, roleId: nowhere };
      expect(await ports.reader.roleDefinition(unknown)).toBeNull();
    });

    test('what is not activated is not there', async () => {
      const { ports, cast } = bench();
      expect(await ports.reader.activated(cast.plain[plane], cast.engineer.id)).toBeNull();
    });
  });

  test('ticket, MFA and authentication context are in the policy', async () => {
    const { ports, cast } = bench();
    expect(await ports.reader.policy(cast.ticket)).toMatchObject({ ticket: true });
    expect(await ports.reader.policy(cast.mfa)).toMatchObject({ mfa: true });
    expect(await ports.reader.policy(cast.stepUp)).toMatchObject({ authenticationContext: 'c1' });
  });

  test('people are found by their ids, others left out', async () => {
    const { ports, cast } = bench();
    const { engineer, stranger } = cast;
    const found = await ports.reader.people([engineer.id, stranger.id, cast.plain.group.scopeId]);
    expect(found.map(({ id, name, kind, enabled }) => ({ id, name, kind, enabled }))).toEqual(
      expect.arrayContaining(
        [engineer, stranger].map(({ id, name }) => ({ id, name, kind: 'member', enabled: true })),
      ),
    );
    expect(found).toHaveLength(2);
    expect(await ports.reader.people([])).toEqual([]);
  });
}
