import type { Page } from '@playwright/test';
import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import type { Person } from '#e2e/fixtures/person.ts';
import { openTicketDesk, type TicketDesk } from '#e2e/fixtures/server-desk.ts';

const role = 'Key Vault Secrets Officer, rg-payments';
let desk: TicketDesk;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ tenant }) => {
  await tenant.reset();
  desk = await openTicketDesk();
  await desk.has({ number: 4711, title: 'Renew the payments certificate', state: 'In Progress' });
  await desk.has({ number: 4712, title: 'Done long ago', state: 'Closed', open: false });
});
test.afterAll(async ({ tenant }) => {
  await tenant.reset();
  await desk?.close();
});

const systemPage = async (mira: Person) => {
  await mira.visits('/settings/tickets');
  await mira.page.getByRole('link', { name: 'Desk', exact: true }).click();
  await expect(mira.page.getByRole('heading', { name: 'Desk', level: 2 })).toBeVisible();
};
const saves = async (page: Page) => {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
};
const ticketOf = (person: Person) => person.page.getByLabel('Ticket', { exact: true });

test('an administrator sets a system up, and tries it', async ({ comes }) => {
  const mira = await comes('mira.novak', { path: '/settings/tickets' });
  const { page } = mira;
  await expect(page.getByText('No ticket system yet')).toBeVisible();
  await expectAccessible(page, 'Tickets without a system');
  await page.getByRole('link', { name: 'Add a system' }).click();
  await page.getByRole('link', { name: 'ServiceNow', exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill('Desk');
  await page.getByLabel('Address', { exact: true }).fill('desk.example.com');
  await page.getByLabel('Numbers', { exact: true }).fill('INC{n} CHG{n}');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByLabel('Address', { exact: true })).toHaveAccessibleDescription(/Write its address/);
  await expect(page.getByLabel('Numbers', { exact: true })).toHaveValue('INC{n} CHG{n}');
  await page.getByLabel('Address', { exact: true }).fill(desk.origin);
  await page.getByLabel('Write a comment into the ticket').check();
  await page.getByLabel('End the access when its ticket closes').check();
  await expectAccessible(page, 'A new ticket system');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Desk', level: 2 })).toBeVisible();

  await page.getByLabel('Number', { exact: true }).fill('INC0004711');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByText('Renew the payments certificate')).toBeVisible();
  await page.getByLabel('Number', { exact: true }).fill('INC0004712');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByText(/would be refused: INC0004712 is Closed/)).toBeVisible();
  await expectAccessible(page, 'A ticket system');

  await desk.breaks(401);
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByText(/could not be asked: it does not accept/)).toBeVisible();
  await desk.breaks(null);
  await expect(page.getByRole('list', { name: 'Last faults' })).toContainText('does not accept');
});

test('a good ticket shows its title while it is typed; a closed one is refused, and nothing is lost', async ({
  ada,
}) => {
  await ada.chooses(role);
  await ada.fills({ justification: 'The certificate runs out', ticket: 'INC0004712', minutes: 30 });
  await expect(ada.page.getByText(/INC0004712 is Closed/)).toBeVisible();
  await ada.submits();
  await expect(ticketOf(ada)).toHaveAccessibleDescription(/INC0004712 is Closed/);
  await expect(ticketOf(ada)).toBeFocused();
  await expect(ada.page.getByLabel('Justification')).toHaveValue('The certificate runs out');
  await ada.fills({ ticket: 'INC0000001' });
  await expect(ada.page.getByText(/Desk knows no ticket INC0000001/)).toBeVisible();
  await ada.fills({ ticket: 'INC0004711' });
  await expect(ada.page.getByText('Renew the payments certificate')).toBeVisible();
  await expectAccessible(ada.page, 'The form with a ticket');
  await ada.submits();
  await ada.sees('Active now', role);

  await ada.opensStory('Active now', role);
  await expect(ada.page.getByRole('link', { name: 'INC0004711' })).toBeVisible();
  await expect(ada.moment('told of the ticket')).toContainText('Renew the payments certificate');
  await expectAccessible(ada.page, 'A request with a ticket');
  await expect.poll(desk.comments, { timeout: 20_000 }).toHaveLength(1);
  expect((await desk.comments())[0]).toMatch(
    /Access began: Key Vault Secrets Officer on rg-payments for Ada Lind/,
  );
});

test('an approver sees what the ticket is', async ({ ada, bo }) => {
  await ada.activates(['Owner, Production'], { justification: 'The certificate', ticket: 'INC0004711' });
  const card = bo.card('Ada Lind: Owner on Production');
  await expect(card).toContainText('INC0004711');
  await expect(card).toContainText('Renew the payments certificate');
  await expect(card).toContainText('In Progress');
  await expectAccessible(bo.page, 'A card with a ticket');
  await bo.denies('Ada Lind: Owner on Production', 'Seen');
  await expect(card).toHaveCount(0);
});

test('a ticket closed meanwhile is marked for the person and for administrators', async ({
  ada,
  clock,
  comes,
}) => {
  await desk.has({ number: 4711, state: 'Resolved', open: false });
  await clock.advance({ minutes: 6 });
  await expect(async () => {
    await ada.visits('/');
    await expect(ada.page.getByRole('region', { name: 'Tickets' })).toContainText('INC0004711 is Resolved', {
      timeout: 1_000,
    });
  }).toPass({ timeout: 20_000 });
  await expectAccessible(ada.page, 'Access without a good ticket');
  const mira = await comes('mira.novak', { path: '/settings/tickets' });
  const broken = mira.page.getByRole('list', { name: 'Access without a good ticket' });
  await expect(broken).toContainText('Ada Lind: Key Vault Secrets Officer');
  await ada.page.getByRole('region', { name: 'Tickets' }).getByRole('link').click();
  // Other journeys may have switched the Applier on there: then it is to end it.
  const note = /Stint cannot end this access by itself. End it now|Still so after .*the access is to end/s;
  await expect(ada.page.getByText(note)).toBeVisible();
  await expectAccessible(ada.page, 'A request whose ticket is closed');
  await ada.page.getByRole('button', { name: 'End now' }).click();
  await expect(ada.moment('ended it, as asked')).toBeVisible();
  await expect.poll(desk.comments, { timeout: 20_000 }).toHaveLength(2);
  expect((await desk.comments())[1]).toContain('Access ended');
  await ada.visits('/history');
  await expect(ada.page.getByText(/INC0004711 \(Renew the payments certificate, Resolved\)/)).toBeVisible();
});

test('a system that does not answer: go on with a mark, or refuse, as its policy says', async ({
  ada,
  comes,
}) => {
  await desk.has({ number: 4711, state: 'In Progress', open: true });
  await desk.breaks(500);
  await ada.chooses(role);
  await ada.fills({ justification: 'The certificate again', ticket: 'INC0004711', minutes: 30 });
  await expect(ada.page.getByText(/Desk could not be asked/)).toBeVisible();
  await ada.submits();
  await ada.sees('Active now', role);
  await ada.opensStory('Active now', role);
  await expect(ada.page.getByText(/Not checked: Desk could not be asked/)).toBeVisible();

  const mira = await comes('mira.novak', { path: '/settings/tickets' });
  await systemPage(mira);
  await mira.page.getByRole('radio', { name: /Refuse/ }).check();
  await saves(mira.page);
  await ada.visits('/');
  await ada.chooses('Helpdesk Administrator, Directory');
  await ada.fills({ justification: 'A call', ticket: 'INC0004711', minutes: 30 });
  await ada.submits();
  await expect(ticketOf(ada)).toHaveAccessibleDescription(/Desk could not be asked .* Nothing was sent/);
  await desk.breaks(null);
  await ada.submits();
  await ada.sees('Active now', 'Helpdesk Administrator');
});

test('what begins later is looked at when it begins', async ({ comes, clock, tenant }) => {
  await tenant.reset();
  const ada = await comes('ada.lind');
  await ada.chooses('Helpdesk Administrator, Directory');
  const now = await clock.now();
  const local = await ada.page.evaluate((at) => {
    const start = new Date(at + 2 * 3_600_000);
    return new Date(start.getTime() - start.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }, now.getTime());
  await ada.fills({ justification: 'Tonight', ticket: 'INC0004711', minutes: 30, start: local });
  await ada.submits();
  await ada.sees('Pending', 'Helpdesk Administrator');
  await desk.has({ number: 4711, state: 'Cancelled', open: false });
  await clock.advance({ minutes: 30 });
  await ada.visits('/');
  await expect(ada.page.getByRole('region', { name: 'Tickets' })).toHaveCount(0);
  await clock.advance({ minutes: 91 });
  await expect(async () => {
    await ada.visits('/');
    await expect(ada.page.getByRole('region', { name: 'Tickets' })).toContainText('INC0004711 is Cancelled', {
      timeout: 1_000,
    });
  }).toPass({ timeout: 20_000 });
});

test('switched off, nobody is asked any more', async ({ ada, comes }) => {
  const mira = await comes('mira.novak', { path: '/settings/tickets' });
  await systemPage(mira);
  await mira.page.getByRole('button', { name: 'Switch off' }).click();
  await expect(mira.page.getByRole('button', { name: 'Switch on' })).toBeVisible();
  await ada.chooses(role);
  await ada.fills({ justification: 'Off', ticket: 'INC0004712', minutes: 30 });
  await ada.submits();
  await ada.sees('Active now', role);
});
