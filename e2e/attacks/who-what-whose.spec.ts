import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { recordAction } from '#e2e/fixtures/replay.ts';
import { stepUpOff } from '#e2e/fixtures/step-up.ts';
import { letterArguments } from './letter-arguments.ts';
import { policyArguments } from './policy-arguments.ts';
import { guestRoles, makesReviews, newReview } from './reviews-at-hand.ts';
import { talkArguments } from './talk-arguments.ts';
import { ticketArguments } from './ticket-arguments.ts';
import { actions, routes, type Who, whos } from './verdicts.ts';
import { type Action, builtActions, refusalsAfter, type Visitor, verdict, visit } from './visitor.ts';
import { newWindow, plansWindow, staleWindow } from './windows-at-hand.ts';

const root = join(import.meta.dirname, '..', '..');
const logins: Record<Who, string | null> = {
  anonymous: null,
  engineer: 'ada.lind',
  'other engineer': 'hanna.berg',
  'approver of another scope': 'petra.holm',
  approver: 'cy.tran',
  reviewer: 'rhea.silva',
  auditor: 'auden.hale',
  administrator: 'mira.novak',
  workload: null,
};
const methods = /^export (?:async )?(?:function|const) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/gm;

test.describe.configure({ mode: 'serial' });
test.beforeAll(({ tenant }) => tenant.reset());
test.afterAll(({ tenant }) => tenant.reset());

/** Every route and page of the tree, as `GET /requests/[id]`. */
function routesOfTree(): string[] {
  return readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    const [, folder = '', kind] = /^(.*?)\/?(page|route)\.tsx?$/.exec(file.replaceAll('\\', '/')) ?? [];
    if (!kind) return [];
    const path = `/${folder.replaceAll(/\([^)]*\)\/?/g, '')}`;
    if (kind === 'page') return [`GET ${path}`];
    const text = readFileSync(join(root, 'app', file), 'utf8');
    return [...text.matchAll(methods)].map(([, method]) => `${method} ${path}`);
  });
}

/** No request, review or person has this id. */
const neverWas = '0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90';

test('every route of the tree and every action of the build has its verdicts, and nothing else has', () => {
  expect(routesOfTree().sort()).toEqual(Object.keys(routes).sort());
  expect([...builtActions().keys()].sort()).toEqual(Object.keys(actions).sort());
});

test('who × what × whose: everybody is answered as the table says, and every no is on record', async ({
  ada,
  baseURL,
  comes,
  emulator,
}) => {
  test.setTimeout(600_000);
  const origin = new URL(baseURL ?? '').origin;
  await ada.activates(['Application Administrator, Directory'], { justification: 'A1', minutes: 30 });
  const adas = (await ada.opensStory('Pending', 'Application Administrator')).split('/').at(-1) ?? '';
  const hanna = await comes('hanna.berg');
  const role = 'Azure Kubernetes Service RBAC Cluster Admin';
  await hanna.chooses(`${role}, aks-core`);
  await hanna.fills({ justification: 'A1', minutes: 30 });
  await expect(hanna.page.getByRole('button', { name: 'Refresh' })).toBeEnabled();
  const ask = await recordAction(hanna.page, () => hanna.submits());
  const hannas = (await hanna.opensStory('Pending', role)).split('/').at(-1) ?? '';
  // Sessions of both are ended below: a page that listens on would complain of it.
  for (const { page } of [ada, hanna]) await page.goto('about:blank');

  const visitors = new Map<Who, Visitor>();
  for (const who of whos) {
    const bearer = who === 'workload' ? { authorization: `Bearer ${await appToken(emulator.origin)}` } : {};
    visitors.set(who, await visit(origin, logins[who], bearer));
  }
  const as = (who: Who) => visitors.get(who) as Visitor;
  const sessions = await sparesOf(origin, as('engineer'));
  const built = builtActions();
  const auditor = as('auditor');
  const foreignRole = /"(azure\|[^"]+)"/.exec(ask.body)?.[1] ?? '';
  const reviews = await makesReviews(as('administrator'), as('approver of another scope'), built);
  const whose: Record<string, string> = {
    ada: adas,
    hanna: hannas,
    random: neverWas,
    malformed: 'not-an-id',
    person: (await emulator.assignments())[0]?.principalId ?? '',
    contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
    bundle: await makesBundle(as('engineer'), built, foreignRole),
    finding: await someFinding(as('administrator')),
    window: await plansWindow(as('engineer'), built.get('planOnCall') as Action, foreignRole),
    ...reviews,
  };
  const idFor = (action: string, object: string, who: Who) =>
    action === 'endSession' && object === 'ada'
      ? (sessions[who === 'administrator' ? 1 : 0] ?? '')
      : (whose[object] ?? '');

  const found: string[] = [];
  const wanted: string[] = [];
  const note = (cell: string, expected: string, seen: string) => {
    wanted.push(`${cell}: ${expected}`);
    found.push(`${cell}: ${seen}`);
  };

  for (const { key, object, who, expected } of cells(routes)) {
    const [method = '', path = ''] = key.split(' ');
    const named = object ? (whose[object] ?? '') : '';
    const address = path.includes('[item]')
      ? path.replace('[id]', reviews.open).replace('[item]', named)
      : path.replace('[plane]', 'azure').replace('[id]', named);
    const seen = await visited(as(who), method, address);
    note(`${who} ${key} ${object}`, expected, seen.replace(reviews.open, '[id]'));
  }
  // What is allowed changes what the others look at: it comes last.
  const all = cells(actions);
  for (const { key, object, who, expected } of [
    ...all.filter((cell) => cell.expected !== 'ok'),
    ...all.filter((cell) => cell.expected === 'ok'),
  ]) {
    if (key === 'readTenant' && expected === 'ok') await untilRead(as(who));
    const args = argumentsOf(key, idFor(key, object, who), {
      foreignRole,
      review: reviews.open,
      version: key.endsWith('Finding') && expected === 'ok' ? await versionOf(as(who), whose.finding) : 1,
    });
    const answer = await as(who).act(built.get(key) as Action, args);
    note(`${who} ${key} ${object}`, expected, await verdict(answer));
  }
  expect(found).toEqual(wanted);

  // From the beginning: what was refused within the last five minutes is told already, and folded.
  const told = (await refusalsAfter(auditor, 0)).map(
    ({ actorKind, actorName, details }) =>
      `${actorKind === 'person' ? actorName : actorKind} ${details.door}`,
  );
  const refused = [...cells(actions), ...cells(routes)].filter(
    ({ expected, key }) =>
      !/^(ok|2..|429|to .*)$/.test(expected) &&
      !/^(GET \/api\/(too-fast|metrics)$|POST \/api\/integrations\/(slack|teams))/.test(key),
  );
  const nameOf = (who: Who) =>
    (logins[who] ?? 'stranger').replace(
      /(\w)(\w*)\.(\w)(\w*)/,
      (_, a, b, c, d) => `${a.toUpperCase()}${b} ${c.toUpperCase()}${d}`,
    );
  const untold = refused.filter(({ who, key }) => !told.includes(`${nameOf(who)} ${key}`));
  expect(untold).toEqual([]);
  expect(told).toContain('stranger GET /auth/callback');
  expect(told).toContain('stranger GET /auth/front-channel');
  for (const visitor of visitors.values()) await visitor.leave();
});

interface Cell {
  key: string;
  object: string;
  who: Who;
  expected: string;
}

function cells(table: typeof routes): Cell[] {
  return Object.entries(table).flatMap(([key, verdicts]) =>
    Object.entries('anonymous' in verdicts ? { '': verdicts } : verdicts).flatMap(([object, each]) =>
      whos.map((who) => ({ key, object, who, expected: (each as Record<Who, string>)[who] })),
    ),
  );
}

function argumentsOf(
  action: string,
  id: string,
  { foreignRole, review: campaignId, version }: { foreignRole: string; review: string; version: number },
): unknown[] {
  if (action.endsWith('Finding')) {
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const said = { assignFinding: { assigneeId: null }, acceptFinding: { reason: 'A1', until } }[action];
    return [{ findingId: id, version, ...said }];
  }
  const ofSettings =
    ticketArguments[action] ?? letterArguments[action] ?? policyArguments[action] ?? talkArguments[action];
  if (ofSettings) return [ofSettings(id)];
  if (action === 'activateRoles') {
    const roles = [{ key: foreignRole, minutes: 30 }];
    return [{ roles, justification: 'Not mine', ticketNumber: '', startsAt: null }];
  }
  if (action === 'favourRole') return [{ key: foreignRole, on: true }];
  if (action === 'orderFavourites') return [[]];
  if (action === 'giveBundle') return [{ bundleId: id, version: 1, names: [] }];
  if (action === 'dropBundle') return [{ bundleId: id, version: 2 }];
  if (action === 'keepBundle') {
    return [{ bundleId: id, version: 1, name: 'A1', roles: [{ key: foreignRole, minutes: null }] }];
  }
  if (action === 'openPlaceBelow') return [{ key: foreignRole, scopeId: foreignRole.split('|')[2] }];
  if (action === 'planOnCall') return [newWindow(foreignRole)];
  if (action === 'changeOnCall') return [staleWindow(id)];
  if (action === 'turnOnCall') return [{ id, status: 'ended' }];
  if (action === 'decideRequest')
    return [{ requestId: id, shownStage: null, decision: 'deny', justification: 'No' }];
  if (action === 'decideTogether')
    return [
      { asked: [{ requestId: neverWas, shownStage: null }], decision: 'approve', justification: 'Not mine' },
    ];
  if (action === 'showProof') return [{ act: 'x'.repeat(43), token: 'x' }];
  if (action === 'saveReasonRules') {
    return [{ version: 99, value: { shortest: 0, refusesNoise: true, emptyPhrases: [] } }];
  }
  if (action === 'saveExtensionRules') return [{ version: 99, value: { autoApproves: false } }];
  if (action === 'saveStepUpRules') return [{ version: 99, value: stepUpOff }];
  if (action === 'endRequests') return [{ ends: [{ requestId: id }] }];
  if (action === 'extendRequest' || action === 'addNeedToRequest')
    return [{ requestId: id, minutes: 30, justification: 'A1', ticketNumber: 'A1' }];
  if (action === 'revokeMySessions') return [{ sure: false }];
  if (action === 'previewReview') return [{ name: 'A1', plan: guestRoles }];
  if (action === 'makeReview') return [newReview()];
  if (action === 'decideReviewItems') {
    const items = [{ id, version: 1 }];
    return [{ campaignId, items, decision: 'keep', rationale: 'A1', hasSeenGroup: false }];
  }
  if (action === 'askSomebodyElse')
    return [{ campaignId: id, from: null, to: 'bo.okafor@contoso.example', note: '' }];
  if (action === 'submitReviewItems') return [{ campaignId, itemIds: [id] }];
  if (action === 'handOnReviewItems') {
    return [{ campaignId, itemIds: [id], to: 'bo.okafor@contoso.example', note: '' }];
  }
  if (action === 'releaseAccessChanges') return [[id]];
  if (action === 'switchApplierAt') return [{ on: false, plane: 'group', scope: '/' }];
  return /^(refresh|endOthers|readTenant|reasonsBefore|openPalette|fileOnCall|testNotifications)/.test(action)
    ? []
    : [id];
}

/** A bundle of this visitor's own, by its id. */
async function makesBundle(visitor: Visitor, built: Map<string, Action>, key: string): Promise<string> {
  const ask = { bundleId: null, version: 1, name: 'A1', roles: [{ key, minutes: null }] };
  const answer = await visitor.act(built.get('keepBundle') as Action, [ask]);
  return /"ok":true,"value":"([\da-f-]{36})"/.exec(await answer.text())?.[1] ?? '';
}

/** A finding that is about nobody: of a role at a scope. The first reading may still go on. */
async function someFinding(visitor: Visitor): Promise<string> {
  let id = '';
  await expect(async () => {
    const html = await (await visitor.get('/posture/findings?kind=oversized_role')).text();
    id = /\/posture\/findings\/([\da-f-]{36})/.exec(html)?.[1] ?? '';
    expect(id).not.toBe('');
  }).toPass({ timeout: 30_000 });
  return id;
}

async function versionOf(visitor: Visitor, id = ''): Promise<number> {
  const html = await (await visitor.get(`/posture/findings/${id}`)).text();
  return Number(/data-version="(\d+)"/.exec(html)?.[1]);
}

/** The tenant is read from time to time; a second reading beside it is refused to everybody. */
async function untilRead(visitor: Visitor): Promise<void> {
  await expect
    .poll(async () => (await visitor.get('/posture')).text(), { timeout: 20_000 })
    .not.toContain('Reading the tenant');
}

/** A stream has no end: its status is enough. What is imported is taken from Stint's own page only. */
async function visited(visitor: Visitor, method: string, path: string): Promise<string> {
  const origin = async () => new URL((await visitor.get('/api/health')).url()).origin;
  if (method === 'POST') {
    const headers = path.startsWith('/api/imports/') ? { origin: await origin() } : {};
    return verdict(await visitor.door.post(path, { maxRedirects: 0, data: '{}', headers }));
  }
  if (path !== '/api/stream') return verdict(await visitor.get(path));
  const { cookies } = await visitor.door.storageState();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const answer = await fetch(`${await origin()}${path}`, { headers: { cookie } });
  await answer.body?.cancel();
  return String(answer.status);
}

/** Two more sessions of this person, by their ids. */
async function sparesOf(origin: string, { door, login }: Visitor): Promise<string[]> {
  const idsNow = async () => {
    const html = await (await door.get('/sessions')).text();
    return new Set([...html.matchAll(/\\"id\\":\\"([\da-f-]{36})\\"/g)].map(([, id]) => id ?? ''));
  };
  const before = await idsNow();
  for (let more = 0; more < 2; more += 1) await (await visit(origin, login)).leave();
  return [...(await idsNow())].filter((id) => !before.has(id));
}

/** An application's token (client credentials): signed by the authority, and nobody's session. */
async function appToken(authority: string): Promise<string> {
  const answer = await fetch(`${authority}/c0470500-0000-4000-8000-000000000001/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: '5717a000-0000-4000-8000-000000000003',
      client_secret: 'reader-secret',
      scope: 'https://graph.microsoft.com/.default',
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  expect(token).toMatch(/^ey/);
  return token;
}
