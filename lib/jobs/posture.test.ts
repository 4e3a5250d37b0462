/** Against the local tenant: what posture counts is what the tenant counts, and it finds what was seeded to be found. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isNull, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { startQueue } from '#db/queue.ts';
import { inventoryRuns, memberships, principals } from '#db/schema/inventory.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import { findings } from '#db/schema/posture.ts';
import { requests } from '#db/schema/requests.ts';
import { testDatabase } from '#db/testing.ts';
import { trustSandboxCa } from '#lib/auth/sandbox-trust.ts';
import { type RunningEmulator, startEmulator } from '#lib/auth/testing.ts';
import { config } from '#lib/config.ts';
import type { FindingKind } from '#lib/domain/finding.ts';
import { privilegeOf } from '#lib/domain/findings/privilege.ts';
import { inventoryLists } from '#lib/domain/inventory.ts';
import { asJob } from '#lib/operations/context.ts';
import { takeDueReading } from '#lib/operations/inventory/begin-reading.ts';
import { readParts } from '#lib/operations/inventory/read-parts.ts';
import { assess } from '#lib/operations/posture/assess.ts';
import { livePorts } from './roster.ts';

const folder = mkdtempSync(join(tmpdir(), 'stint-posture-'));
let emulator: RunningEmulator;
let opened: Opened;
beforeAll(async () => {
  process.env.STINT_DATA = folder;
  emulator = await startEmulator(process.env);
  process.env.EMULATOR_HTTPS_PORT = emulator.httpsPort;
  process.env.EMULATOR_HTTP_PORT = emulator.httpPort;
  trustSandboxCa(config());
  opened = await testDatabase();
  const boss = await startQueue(false, () => {});
  await takeDueReading(randomUUID);
  const [run] = await db().select().from(inventoryRuns);
  const { inventory } = livePorts();
  await readParts(asJob('inventory', randomUUID()), run?.id ?? '', inventory, (ms) => pause(ms / 10));
  await db().execute(sql`insert into effective_members (group_id, member_id, through)
    select group_id, member_id, '[]' from memberships on conflict do nothing`);
  await activatesPastApproval('Contributor', 3);
  await activatesPastApproval('Key Vault Administrator', 31);
  await assess(asJob('assess', randomUUID()), config().breakGlass, config().ownClientIds);
  return () => boss.stop({ graceful: false });
});
afterAll(async () => {
  await opened?.close();
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the watch leaves on record of an activation that went past the stages, so many days ago. */
async function activatesPastApproval(roleName: string, days: number): Promise<void> {
  const [id, at] = [randomUUID(), new Date(Date.now() - days * 86_400_000)];
  const role = { plane: 'azure', roleId: roleName, roleName, scopeId: '/subscriptions/x' } as const;
  const asked = { justification: '', ticketNumber: '', minutes: 60, eligibilityId: '' };
  const who = { requesterId: 'ada', requesterName: 'Ada Lind', origin: 'azure', status: 'ended' } as const;
  await db()
    .insert(requests)
    .values({
      ...{ id, submissionId: id, ...role, ...asked, ...who, filedAt: at, bypassedAt: at },
      ...{ scopeName: 'Staging', scopeKind: 'subscription' },
    });
}

interface Counted {
  kind: string;
  assignmentType: string;
  plane: string;
  principalId: string;
  role: string;
  endAt: string | null;
}

async function tenantsOwn(): Promise<Counted[]> {
  const answer = await fetch(`http://localhost:${emulator.httpPort}/_emulator/assignments`);
  return (await answer.json()) as Counted[];
}

test('the score is what one counts by hand on the tenant itself', async () => {
  const roles = await db().select().from(mirrorRoles);
  const isPrivileged = ({ plane, role }: Counted) =>
    roles.some(
      (one) => one.plane === plane && one.roleId === role && privilegeOf(one.definition, 'resource'),
    );
  const sealed = new Set(
    (await db().select().from(principals)).flatMap(({ id, upn }) =>
      config().breakGlass.includes(upn?.toLowerCase() ?? '') ? [id] : [],
    ),
  );
  const groups = new Set(
    (await db().select().from(principals)).flatMap(({ id, kind }) => (kind === 'group' ? [id] : [])),
  );
  const peopled = new Set(
    (await db().select().from(memberships).where(isNull(memberships.goneAt))).map(({ groupId }) => groupId),
  );
  const counted = (await tenantsOwn()).filter(
    (one) =>
      one.plane !== 'group' &&
      one.assignmentType !== 'activated' &&
      isPrivileged(one) &&
      !sealed.has(one.principalId),
  );
  const stands = counted.filter(
    ({ kind, endAt, principalId }) =>
      kind === 'active' && !endAt && (!groups.has(principalId) || peopled.has(principalId)),
  );
  expect(stands.length).toBeGreaterThan(0);
  const [run] = await db().select().from(inventoryRuns);
  expect(run?.privilege).toEqual({ standing: stands.length, onRequest: counted.length - stands.length });
});

async function expectFound(kind: FindingKind, there: string[], near: string[]): Promise<void> {
  const titles = (await db().select().from(findings)).flatMap((row) =>
    row.kind === kind ? [row.title] : [],
  );
  for (const words of there) expect(titles.join('\n')).toContain(words);
  for (const words of near) expect(titles.join('\n')).not.toContain(words);
}

describe('each kind has a seeded case that is found, and a near miss that is not', () => {
  test.each<[FindingKind, string[], string[]]>([
    ['standing_privilege', ['Ines Castell holds Owner', 'Greta Moss'], ['Breakglass', 'Yara Haddad']],
    ['oversized_role', ['Owner on Production'], ['Reader on', 'Contributor on rg-dev']],
    ['group_with_standing_members', ['sg-security-operations'], ['sg-oncall-platform']],
    ['workload_standing', ['invoice-export holds Directory Writers'], ['grafana']],
    ['workload_without_owner', ['invoice-export'], ['payments-api']],
    ['guest_privileged', ['Vic Partner'], ['Noa Vendor']],
    ['activated_past_approval', ['Contributor on Staging'], ['Key Vault Administrator']],
    ['disabled_assigned', ['Otto Lange', 'old-reporting'], ['Pia Sand']],
  ])('%s', expectFound);
});

const readsBeside = (inventoryLists as readonly string[]).includes('access_policies');
describe.runIf(readsBeside)('and so have those that rest on what is beside roles', () => {
  test.each<[FindingKind, string[], string[]]>([
    ['workload_idle', ['invoice-export'], ['payments-api']],
    ['no_approval_on_critical', ['Privileged Role Administrator'], ['Security Administrator']],
    ['no_live_approver', ['Billing Administrator'], ['Security Administrator']],
    ['context_without_policy', ['c2'], ['c1']],
    ['stint_credential_added', ['Stint Reader has a new credential: added by hand'], ['Stint Applier']],
    ['stint_role_added', ['Nadia Karim'], ['Mira Novak']],
    ['break_glass_controls', ['Breakglass Two'], ['Breakglass One']],
  ])('%s', expectFound);
});

const readsUse = (inventoryLists as readonly string[]).includes('activation_log');
test.runIf(readsUse)('never activated', () =>
  expectFound('never_activated', ['Sven Aalto'], ['Oscar Blom has not once activated Key Vault']),
);
