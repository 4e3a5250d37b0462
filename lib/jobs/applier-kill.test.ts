/** Killed at each step of taking access away and of making it eligible: nothing lost, nothing twice, whoever dies. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { played, rounds } from '#db/rounds.ts';
import { trustSandboxCa } from '#lib/auth/sandbox-trust.ts';
import type { AssignmentKept, ChangeVerb } from '#lib/domain/access-change.ts';
import { type ApplierProcess, startApplier } from './testing/applier-process.ts';
import { openKillLane } from './testing/kill-lane.ts';

const times = rounds({ quick: 1, full: 25 });
const acting = ['apply:after-intent', 'apply:after-act', 'apply:after-record'];
const looking = ['prove:after-look', 'prove:after-record'];
const development = '/subscriptions/55555555-0001-4000-8000-000000000004';
/** Reader, Contributor: neither is an administrator’s role. */
const roles = ['acdd72a7-3385-48ef-bd42-f606fba81ae7', 'b24988ac-6180-42a0-ab88-20f7382dd24c'];

interface Flat {
  principalId: string;
  role: string;
  kind: string;
}

test('killed at every step, every change is done, once', {
  timeout: 240_000 + times * 300_000,
}, async (context) => {
  const lane = await openKillLane(process.env.STINT_TEST_DATABASE_URL || null, process.env);
  const env = {
    ...{ ...process.env, STINT_DATA: lane.folder, DATABASE_URL: lane.databaseUrl, PORT: '3000' },
    EMULATOR_HTTPS_PORT: lane.emulator.httpsPort,
    EMULATOR_HTTP_PORT: lane.emulator.httpPort,
  };
  trustSandboxCa({ sandbox: true, dataFolder: lane.folder });
  let applier: ApplierProcess = await startApplier(env);
  try {
    await lane.ask('switchesOn');
    for (let n = 0; n < times; n++) {
      for (const [at, point] of [...acting, ...looking].entries()) await playAt(point, n * 5 + at);
    }
  } finally {
    await applier.stop();
    await lane.close();
  }
  for (const point of [...acting, ...looking]) played(context, 'K1', `kill -9 at ${point}`, times);

  /** One removal and one conversion of a person of their own, the first of which dies at the point. */
  async function playAt(point: string, person: number): Promise<void> {
    const principalId = `aaaaaaaa-0001-4000-8000-${String(11 + (person % 20)).padStart(12, '0')}`;
    for (const roleId of roles) await give(principalId, roleId);
    const before = (await lane.ask('changes')).length;
    const asked = async () => {
      await lane.ask('asksChange', keptOf(principalId, roles[0] ?? ''), 'remove');
      await lane.ask('asksChange', keptOf(principalId, roles[1] ?? ''), 'make_eligible' satisfies ChangeVerb);
    };
    // On PostgreSQL it is the Applier’s own process that dies in the act; beside PGlite the one that asked it.
    if (lane.databaseUrl && acting.includes(point)) {
      await applier.stop();
      applier = await startApplier(env, point);
      await asked();
      expect(await applier.gone, point).toBe('SIGKILL');
      applier = await startApplier(env);
    } else {
      await lane.killedAt(point, asked);
    }
    let looked = 0;
    await lane.until(async () => {
      // Leases end by Stint’s clock.
      const advanceSeconds = looked === 0 ? 130 : 10;
      if (looked++ % 4 === 0) await lane.control('clock', { advanceSeconds });
      const changes = (await lane.ask('changes')).slice(before);
      expect(changes.map(({ outcome, state }) => [state, outcome])).toEqual([
        ['done', 'removed'],
        ['done', 'made_eligible'],
      ]);
    });
    const [removal, conversion] = (await lane.ask('changes')).slice(before);
    const count = (actions: string[] | undefined, one: string) =>
      actions?.filter((action) => action === one).length;
    expect([count(removal?.actions, 'done'), count(conversion?.actions, 'done')], point).toEqual([1, 1]);
    expect(count(conversion?.actions, 'made_eligible'), point).toBe(1);
    const held = (await lane.control<Flat[]>('assignments')).filter(
      (one) => one.principalId === principalId && roles.includes(one.role),
    );
    expect(
      held.map(({ kind, role }) => [kind, role]),
      point,
    ).toEqual([['eligible', roles[1]]]);
  }

  async function give(principalId: string, roleId: string): Promise<void> {
    const origin = `https://localhost:${lane.emulator.httpsPort}`;
    const token = await fetch(`${origin}/c0470500-0000-4000-8000-000000000001/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'client_credentials', client_secret: 'applier-secret' },
        client_id: '5717a000-0000-4000-8000-000000000004',
        scope: 'https://management.azure.com/.default',
      }),
    });
    const { access_token: bearer } = (await token.json()) as { access_token: string };
    const provider = `${development}/providers/Microsoft.Authorization`;
    const answer = await fetch(
      `${origin}${provider}/roleAssignments/${randomUUID()}?api-version=2022-04-01`,
      {
        method: 'PUT',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          properties: { principalId, roleDefinitionId: `${provider}/roleDefinitions/${roleId}` },
        }),
      },
    );
    expect(answer.status, await answer.text()).toBeLessThan(300);
    await lane.control('clock', { advanceSeconds: 5 });
  }
});

function keptOf(principalId: string, roleId: string): AssignmentKept {
  return {
    ...{ plane: 'azure', roleId, scopeId: development, kind: 'standing', scopeKind: 'subscription' },
    ...{ roleName: 'Role', scopeName: 'Development', assignmentId: randomUUID(), azureId: 'x' },
    ...{ scheduleId: null, principalId, principalName: 'P', principalKind: 'member' },
    ...{ condition: null, conditionVersion: null, startsAt: null, endsAt: null },
  };
}
