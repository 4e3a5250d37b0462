import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import type { Person } from '#e2e/fixtures/person.ts';
import { readsTheTenant } from '#e2e/fixtures/reading.ts';
import { openTicketDesk, type TicketDesk } from '#e2e/fixtures/server-desk.ts';

const role = 'Key Vault Secrets Officer, rg-payments';
let desk: TicketDesk;

test.beforeAll(async ({ tenant }) => {
  await tenant.reset();
  desk = await openTicketDesk();
  await desk.has({ number: 4711, title: 'Renew the payments certificate', state: 'In Progress' });
});
test.afterAll(async ({ tenant }) => {
  await tenant.reset();
  await desk?.close();
});

/** One that asks for an end, with the Applier to bring it about. */
async function setsUp({ page }: Person): Promise<void> {
  await page.goto('/operations/applier');
  await page.getByRole('button', { name: 'Switch on Azure' }).click();
  await expect(page.getByRole('button', { name: 'Switch off Azure' })).toBeVisible();
  await page.goto('/settings/tickets/new');
  await page.getByRole('link', { name: 'ServiceNow', exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill('Closing desk');
  await page.getByLabel('Address', { exact: true }).fill(desk.origin);
  await page.getByLabel('Numbers', { exact: true }).fill('INC{n}');
  await page.getByLabel('End the access when its ticket closes').check();
  await page.getByLabel('Write a comment into the ticket').check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Closing desk', level: 2 })).toBeVisible();
}

async function switchesOff({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: 'Switch off', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Switch on', exact: true })).toBeVisible();
  await page.goto('/operations/applier');
  await page.getByRole('button', { name: 'Switch off Azure' }).click();
  await expect(page.getByRole('button', { name: 'Switch on Azure' })).toBeVisible();
}

test('access ends with its ticket: said when it is seen closed, asked for when it stays so, ended when Azure shows it', async ({
  ada,
  comes,
  clock,
}) => {
  test.setTimeout(180_000);
  const mira = await comes('mira.novak', { path: '/posture' });
  await readsTheTenant(mira);
  await setsUp(mira);
  const { page } = ada;
  const reason = { justification: 'The certificate runs out', ticket: 'INC0004711', minutes: 120 };
  await ada.activates([role], reason);
  await ada.sees('Active now', role);
  await ada.opensStory('Active now', role);

  await desk.has({ number: 4711, state: 'Resolved', open: false });
  // A ticket is looked at every five minutes, from when the access was first noted as held by it, or was last asked about.
  const seen = (text: RegExp) =>
    expect(async () => {
      await clock.advance({ minutes: 6 });
      await expect(page.getByText(text)).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 60_000 });
  await seen(/the access is to end; opened again before/);
  await seen(/Stint has asked for its end/);
  await clock.advance({ minutes: 1 });
  await expect(page.getByText(/Its ticket was closed, so Stint had it ended/)).toBeVisible({
    timeout: 30_000,
  });
  await expect
    .poll(desk.comments)
    .toEqual([expect.anything(), expect.stringContaining('Access ended after')]);

  await mira.visits('/settings/tickets');
  await mira.page.getByRole('link', { name: 'Closing desk', exact: true }).click();
  await switchesOff(mira);
});
