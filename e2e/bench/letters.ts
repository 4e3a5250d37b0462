import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { Client } from 'pg';
import { emulatorAt } from '#e2e/fixtures/emulator.ts';
import { startStint } from '#e2e/fixtures/server.ts';
import { asksForApproval } from './approval-to-active.ts';
import { type Figure, type Measurement, type Options, percentile } from './measurement.ts';
import { openPostOffice, type PostOffice } from './post-office.ts';
import { signedIn, startBrowser } from './signed-in.ts';

const pending = 1_000;
const atOnce = 10;
const mostSeconds = 5;
/** Milliseconds without any more of it, after which all of it has come. */
const settled = 3_000;

/** N1: from the requester's click to the mail in the approver's box, and to the endpoint, while a thousand others wait. */
export const letters: Measurement = {
  ids: ['N1', 'N1b'],
  title: 'approver told',
  async measure(options) {
    const post = await openPostOffice();
    const variables = { STINT_RATE_FACTOR: '1000', ...post.variables };
    const stint = await startStint({ database: 'postgres', variables }).catch(async (error) => {
      await post.close();
      throw error;
    });
    const browser = await startBrowser(options.say);
    try {
      await seedPending(stint.databaseUrl ?? '', options.quick ? 20 : pending);
      await addsEndpoint(browser, stint.origin, post.hook);
      return await measured(await readyAda(browser, stint.origin), post, stint.emulatorOrigin, options);
    } finally {
      await browser.close();
      await stint.stop();
      await post.close();
    }
  },
};

async function measured(ada: Page, post: PostOffice, emulatorOrigin: string, { quick, say }: Options) {
  const wanted = quick ? 3 : 30;
  const [mails, hooks]: [number[], number[]] = [[], []];
  while (hooks.length < wanted) {
    const { asked, clickedAt } = await asksForApproval(ada, Math.min(atOnce, wanted - hooks.length));
    if (asked === 0) throw new Error('Ada may ask for nothing that needs an approval.');
    await untilAllCame(post, clickedAt, asked);
    mails.push(...since(await post.mails(), clickedAt));
    hooks.push(...since(await post.hooks(), clickedAt));
    say(`N1: ${hooks.length} of ${wanted} asked, ${mails.length} mails`);
    await emulatorAt(emulatorOrigin).advance(25 * 3600);
    await ada.getByRole('region', { name: 'Pending' }).waitFor({ state: 'detached', timeout: 90_000 });
  }
  const waiting = quick ? 20 : pending;
  return [
    figure('N1', `click to the approver’s mail, ${mails.length} mails, ${waiting} waiting`, mails),
    figure('N1b', `click to the endpoint, ${hooks.length} events`, hooks),
  ];
}

async function readyAda(browser: Browser, origin: string): Promise<Page> {
  const ada = await signedIn(browser, origin, 'ada.lind');
  await ada.waitForFunction(
    () => {
      const text = document.querySelector('main')?.textContent ?? '';
      return /approval:/.test(text) && !/rules not read yet|reading Azure/.test(text);
    },
    null,
    { timeout: 120_000 },
  );
  return ada;
}

function figure(id: string, work: string, times: number[]): Figure {
  const ours = percentile(times, 0.95);
  return {
    ...{ id, work, beside: null, ours, yardstick: null, unit: 'ms', ratio: null },
    ...{ target: `p95 ≤ ${mostSeconds} s`, met: ours <= mostSeconds * 1_000 },
  };
}

const since = (came: readonly { at: number }[], from: number) =>
  came.filter(({ at }) => at > from).map(({ at }) => at - from);

async function untilAllCame(post: PostOffice, from: number, asked: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const [mails, hooks] = [since(await post.mails(), from), since(await post.hooks(), from)];
    const last = from + Math.max(0, ...mails, ...hooks);
    if (hooks.length >= asked && mails.length >= asked && Date.now() - last > settled) return;
    if (Date.now() > deadline)
      throw new Error(`${hooks.length} events and ${mails.length} mails of ${asked}.`);
    await pause(100);
  }
}

async function addsEndpoint(browser: Browser, origin: string, hook: string): Promise<void> {
  const mira = await signedIn(browser, origin, 'mira.novak', '/settings/webhooks/new');
  await mira.getByLabel('Name').fill('Bench');
  await mira.getByLabel('Address').fill(hook);
  for (const box of await mira.getByRole('group', { name: 'What it hears' }).getByRole('checkbox').all())
    await box.setChecked(false);
  await mira.getByRole('checkbox', { name: 'request.awaiting_approval' }).check();
  await mira.getByRole('button', { name: 'Add' }).click();
  await mira.getByText('Its secret.').waitFor();
  await mira.context().close();
}

/** Requests of as many others that wait for signatures, with nothing that comes due. */
async function seedPending(url: string, count: number): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await fill(client, count);
    await untilMailboxesAreKnown(client);
  } finally {
    await client.end();
  }
}

/** The first reading of the tenant tells where mail goes. */
async function untilMailboxesAreKnown(client: Client): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const { rowCount } = await client.query('select 1 from principals where mail is not null limit 1');
    if (rowCount) return;
    if (Date.now() > deadline) throw new Error('The tenant was not read.');
    await pause(500);
  }
}

async function fill(client: Client, count: number): Promise<void> {
  const stages = '{"is":"stages","stages":[],"lapseMinutes":1440,"useByMinutes":60,"bulk":false}';
  const rule = `{"id":"bench","name":"Bench","when":{},"then":${stages}}`;
  await client.query(
    `insert into requests (id, submission_id, origin, requester_id, requester_name, plane, role_id, scope_id, role_name,
       scope_name, scope_kind, eligibility_id, justification, ticket_number, minutes, status, filed_at)
     select id, id, 'stint', 'person ' || n, 'Person ' || n, 'azure', 'role', '/subscriptions/' || n, 'Owner',
       'rg-' || n, 'resource_group', 'e' || n, 'Scheduled work', '', 60, 'awaiting_signatures', now()
     from (select n, md5('pending ' || n)::uuid as id from generate_series(1, ${count}) n) one`,
  );
  await client.query(
    `insert into request_approvals (request_id, policy_version, rule, state, stage_since, lapses_at, checked_at)
     select id, 1, $1::jsonb, 'waiting', now(), now() + interval '10 years', now() + interval '10 years' from requests
     where status = 'awaiting_signatures'`,
    [rule],
  );
  await client.query(
    `insert into stage_approvers (request_id, stage, approver_id, approver_name)
     select id, 0, 'approver ' || s, 'Approver ' || s from requests, generate_series(1, 3) s
     where status = 'awaiting_signatures'`,
  );
}
