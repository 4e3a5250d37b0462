import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assignment, Emulator } from '#e2e/fixtures/emulator.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import type { Person } from '#e2e/fixtures/person.ts';
import { readsTheTenant } from '#e2e/fixtures/reading.ts';
import { changeOf, itemLine as line } from '#e2e/fixtures/review.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });
test.beforeAll(({ tenant }) => tenant.reset());

/** Of the review that the first test makes. */
let review = '';
const patient = { timeout: 60_000 };

/** What the tenant itself holds for somebody, however Stint sees it. */
async function heldBy(emulator: Emulator, name: string, roleName: string): Promise<Assignment['kind'][]> {
  const held = await emulator.assignments();
  return held
    .filter((one) => one.principalName === name && one.roleName === roleName)
    .map(({ kind }) => kind);
}

async function decides(person: Person, item: string, decision: string, reason: string): Promise<void> {
  const row = line(person, item);
  await row.getByRole('button', { name: decision, exact: true }).click();
  await row.getByLabel('Reason').fill(reason);
  await row.getByRole('button', { name: /with this reason/ }).click();
  await expect(row).toContainText('a draft, not submitted');
}

test('an administrator lets the Applier act on two planes, and opens a review whose decisions count at once', async ({
  comes,
}) => {
  const mira = await comes('mira.novak', { path: '/posture' });
  const { page } = mira;
  await readsTheTenant(mira);
  await page.goto('/operations/applier');
  for (const plane of ['Entra', 'Azure']) {
    await page.getByRole('button', { name: `Switch on ${plane}` }).click();
    await expect(page.getByRole('button', { name: `Switch off ${plane}` })).toBeVisible();
  }

  await page.goto('/reviews/new');
  await page.getByRole('link', { name: /^Non-human identities/ }).click();
  await page.getByLabel('Name', { exact: true }).fill('Applied at once');
  await page.getByLabel('These roles').check();
  await page
    .getByLabel('Role names, one a line')
    .fill('Contributor\nDirectory Writers\nMessage Center Reader\nSQL DB Contributor');
  await page.getByRole('group', { name: 'How it is held' }).getByLabel('Eligible').uncheck();
  await page.getByRole('group', { name: 'Held by' }).getByLabel('Member').check();
  await page
    .getByRole('combobox', { name: 'If there is none', exact: true })
    .selectOption({ label: 'Named' });
  await page.getByLabel('Named people').fill('rhea.silva@contoso.example');
  await page.getByLabel('Fallback').fill('rhea.silva@contoso.example');
  await page.getByRole('radio', { name: /^Are applied at once/ }).check();
  await page.getByRole('button', { name: 'Open now' }).click();
  await page.waitForURL(/\/reviews\/[\da-f-]{36}$/);
  review = new URL(page.url()).pathname;
});

test('a workload is reviewed by its owner, people by whom the review names', async ({ comes }) => {
  const bo = await comes('bo.okafor', { path: `${review}/items` });
  await decides(
    bo,
    'Contributor, Staging, github-deploy',
    'Remove',
    'It deploys from its own subscription now',
  );
  await bo.page.getByRole('button', { name: /^Submit/ }).click();
  await expect(bo.page.getByText('a draft, not submitted')).toHaveCount(0);
  await expect(line(bo, 'Message Center Reader, Directory, Yara Haddad')).toHaveCount(0);

  const rhea = await comes('rhea.silva', { path: `${review}/items` });
  await decides(
    rhea,
    'Message Center Reader, Directory, Yara Haddad',
    'Make eligible',
    'Once a month is enough',
  );
  await decides(
    rhea,
    'Directory Writers, Directory, invoice-export',
    'Make time-bound',
    'Until it is replaced',
  );
  await decides(rhea, 'SQL DB Contributor, sql-orders-prod, Sven Aalto', 'Remove', 'The migration is over');
  await rhea.page.getByRole('button', { name: /^Submit/ }).click();
  await expect(rhea.page.getByText('a draft, not submitted')).toHaveCount(0);
});

test('the close applies: gone, made eligible, or named with the step that a person has to do', async ({
  comes,
  emulator,
}) => {
  expect(await heldBy(emulator, 'github-deploy', 'Contributor')).toEqual(['active']);
  const mira = await comes('mira.novak', { path: review });
  const { page } = mira;
  await page.getByRole('button', { name: 'Close now' }).click();
  await page.getByRole('button', { name: 'Close now' }).click();
  await expect(page.getByRole('region', { name: 'Applied' })).toBeVisible();

  await page.goto('/operations/applier');
  await expect(async () => {
    await page.reload();
    await expect(changeOf(mira, 'github-deploy')).toContainText('seen in the tenant', { timeout: 1_000 });
    await expect(changeOf(mira, 'Yara Haddad')).toContainText('seen in the tenant', { timeout: 1_000 });
    await expect(changeOf(mira, 'invoice-export')).toContainText('ends', { timeout: 1_000 });
    await expect(changeOf(mira, 'Sven Aalto')).toContainText('Deny assignment', { timeout: 1_000 });
  }).toPass(patient);
  expect(await heldBy(emulator, 'github-deploy', 'Contributor')).toEqual([]);
  expect(await heldBy(emulator, 'Yara Haddad', 'Message Center Reader')).toEqual(['eligible']);
  const ends = (await emulator.assignments()).find(({ roleName }) => roleName === 'Directory Writers')?.endAt;
  expect(Date.parse(ends ?? '')).toBeGreaterThan(Date.now());
  expect(await heldBy(emulator, 'Sven Aalto', 'SQL DB Contributor')).toEqual(['active']);
  await expect(changeOf(mira, 'Sven Aalto').getByText('az role assignment delete')).toBeAttached();

  await changeOf(mira, 'Sven Aalto').getByRole('button', { name: 'Withdraw' }).click();
  await expect(async () => {
    await page.goto(review);
    await expect(page.getByText('Closed', { exact: true }).first()).toBeVisible({ timeout: 1_000 });
  }).toPass(patient);
});

test('the evidence proves what was applied, and its sums check', async ({ comes }) => {
  const auden = await comes('auden.hale', { path: review });
  const answer = await auden.page.request.get(`/api/exports${review}`);
  const record = await auden.page.request.get('/api/exports/audit?action=campaign.exported');
  expect(JSON.parse((await record.text()).trim().split('\n').at(-1) ?? '')).toMatchObject({
    actorName: 'Auden Hale',
    subjectId: review.split('/').at(-1),
  });
  const folder = mkdtempSync(join(tmpdir(), 'stint-evidence-'));
  try {
    writeFileSync(join(folder, 'pack.tar'), await answer.body());
    execFileSync('tar', ['xf', 'pack.tar'], { cwd: folder });
    execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder });
    const changes = readFileSync(join(folder, 'changes.jsonl'), 'utf8').trim().split('\n');
    const told = changes.map((one) => JSON.parse(one) as { holder: string; outcome: string });
    expect(told.map(({ holder, outcome }) => `${holder}: ${outcome}`).sort()).toEqual([
      'Sven Aalto: deny_assignment',
      'Yara Haddad: made_eligible',
      'github-deploy: removed',
      'invoice-export: made_time_bound',
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('an undo needs a second administrator, and gives back what was taken', async ({ comes, emulator }) => {
  const mira = await comes('mira.novak', { path: '/operations/applier' });
  await changeOf(mira, 'github-deploy').getByRole('button', { name: 'Undo' }).click();
  const undo = changeOf(mira, 'Give back to');
  await expect(undo).toContainText('another administrator');
  await expect(undo.getByRole('button', { name: 'Release' })).toHaveCount(0);
  const nadia = await comes('nadia.karim', { path: '/operations/applier' });
  await expect(async () => {
    await nadia.page.reload();
    await expect(changeOf(nadia, 'Give back to')).not.toContainText('being read', { timeout: 1_000 });
  }).toPass(patient);
  await changeOf(nadia, 'Give back to').getByRole('button', { name: 'Release' }).click();
  await expect(async () => {
    await nadia.page.reload();
    await expect(changeOf(nadia, 'Give back to')).toContainText('seen in the tenant', { timeout: 1_000 });
  }).toPass(patient);
  expect(await heldBy(emulator, 'github-deploy', 'Contributor')).toEqual(['active']);

  await nadia.page.goto(`${review}/report`);
  const taken = nadia.page.getByRole('table', { name: 'Taken away' });
  await expect(taken.getByRole('row', { name: /^github-deploy/ })).toContainText('given back');
  await nadia.page.getByRole('link', { name: 'Show the checksums' }).click();
  await expect(nadia.page.getByRole('table', { name: 'Checksums' })).toContainText('changes.jsonl');
  await taken.getByRole('link', { name: 'github-deploy' }).click();
  await expect(nadia.page.getByText('Given back', { exact: false }).first()).toBeVisible();
});
