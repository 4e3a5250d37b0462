import { randomUUID } from 'node:crypto';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { recordAction } from '#e2e/fixtures/replay.ts';

test.beforeAll(({ tenant }) => tenant.reset());
test.afterAll(({ tenant }) => tenant.reset());

test.describe('refused before Azure is asked, with nothing lost', () => {
  test('longer than the policy allows', async ({ ada, tenant }) => {
    await ada.chooses('Contributor, Staging');
    await ada.fills({ justification: 'A long night', duration: '9 h' });
    await ada.submits();
    const length = ada.page.getByLabel('Duration');
    await expect(length).toHaveAccessibleDescription(/The policy allows at most 8 h; you asked for 9 h\./);
    await expect(length).toBeFocused();
    await expect(length).toHaveValue('9 h');
    await expect(ada.page.getByLabel('Justification')).toHaveValue('A long night');
    expect(await tenant.activated('Ada Lind')).toEqual([]);
    await ada.seesNoMore('Pending', 'Contributor, Staging');
  });

  test('no length, and one under PIM’s five minutes', async ({ ada }) => {
    await ada.chooses('Reader, Platform');
    await ada.fills({ duration: 'an hour or so' });
    await ada.submits();
    await expect(ada.page.getByLabel('Duration')).toHaveAccessibleDescription(
      /Write a length such as 30 min/,
    );
    await ada.fills({ duration: '4' });
    await ada.submits();
    await expect(ada.page.getByLabel('Duration')).toHaveAccessibleDescription(/at least five minutes/);
  });

  test('no justification', async ({ ada }) => {
    await ada.chooses('Contributor, Staging');
    await ada.fills({ duration: '45 min' });
    await ada.submits();
    const justification = ada.page.getByLabel('Justification');
    await expect(justification).toHaveAccessibleDescription(/Say what you will do/);
    await expect(justification).toBeFocused();
    await expect(ada.page.getByLabel('Duration')).toHaveValue('45 min');
    await expect(ada.page.getByRole('checkbox', { name: 'Contributor, Staging' })).toBeChecked();
    await justification.fill('Now with one');
    await expect(justification).not.toHaveAccessibleDescription(/Say what you will do/);
  });

  test('no ticket', async ({ ada }) => {
    await ada.chooses('Key Vault Secrets Officer, rg-payments');
    await ada.fills({ justification: 'Renew the certificate' });
    await ada.submits();
    await expect(ada.page.getByLabel('Ticket')).toHaveAccessibleDescription(/asks for a ticket number/);
    await expect(ada.page.getByLabel('Ticket')).toBeFocused();
    await expect(ada.page.getByLabel('Justification')).toHaveValue('Renew the certificate');
  });
});

test('the server refuses by itself what the form would not send', async ({ ada, emulator, tenant }) => {
  await ada.chooses('Reader, Platform');
  await ada.fills({ minutes: 30 });
  const ask = await recordAction(ada.page, () => ada.submits());
  await ada.sees('Active now', 'Reader, Platform');
  const held = await tenant.activated('Ada Lind');
  const [plain = ''] = /"azure\|[^"]+"/.exec(ask.body) ?? [];
  const stepUp = (await emulator.assignments()).find(
    ({ roleName }) => roleName === 'Privileged Role Administrator',
  );
  for (const [code, edited] of [
    ['too_long', ask.body.replace('"minutes":30', '"minutes":481')],
    ['too_short', ask.body.replace('"minutes":30', '"minutes":4')],
    ['already_live', ask.body],
    ['not_eligible', ask.body.replace(plain, '"azure|no-such-role|/"')],
    ['justification_missing', ask.body.replace(plain, `"entra|${stepUp?.role}|/"`)],
    ['malformed', ask.body.replace(/"roles":\[.*?\]/, '"roles":[]')],
  ] as const) {
    // A submit of its own each: the same one sent again is answered with what it filed.
    const anew = edited.replace(/("submissionId":")[^"]+/, `$1${randomUUID()}`);
    const answer = await ask.send({ page: ada.page, edit: () => anew });
    expect(await answer.text(), code).toContain(`"code":"${code}"`);
  }
  expect(await tenant.activated('Ada Lind')).toEqual(held);
});

test.describe('refused by Azure, in words, with nothing lost', () => {
  test('eligibility taken away behind Stint’s back', async ({ comes, azurePortal, tenant }) => {
    const zeno = await comes('zeno.marsh');
    await zeno.chooses('Deployment Operator, Production');
    await expect(zeno.page.getByRole('button', { name: 'Refresh' })).toBeEnabled();
    await azurePortal.removesEligibility({
      by: 'ines.castell',
      person: 'Zeno Marsh',
      role: 'Deployment Operator',
    });
    await zeno.fills({ justification: 'Ship release 88', minutes: 30 });
    await zeno.submits();
    await expect(zeno.results()).toContainText('Failed');
    await expect(zeno.results()).toContainText('not eligible for');
    expect(await tenant.activated('Zeno Marsh')).toEqual([]);
    await zeno.results().getByRole('link').click();
    await expect(zeno.page.getByText('Ship release 88').first()).toBeVisible();
  });

  test('too busy at first: Stint waits as told, asks again, and it becomes active', async ({
    ada,
    tenant,
  }) => {
    await tenant.breaks({
      match: 'roleAssignmentScheduleRequests',
      method: 'PUT',
      status: 429,
      retryAfter: 1,
      times: 2,
    });
    await ada.activates(['Deployment Operator, Staging'], { justification: 'Ship it', minutes: 30 });
    await ada.sees('Active now', 'Deployment Operator, Staging');
    expect((await tenant.activated('Ada Lind')).join()).toContain('Deployment Operator');
  });
});
