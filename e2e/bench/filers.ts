/** People who file at once, without browsers: signed in, with their roles read, and the server action's door. */
import { Agent, request as send } from 'node:http';
import { request } from '@playwright/test';
import { builtActions } from '#e2e/attacks/visitor.ts';
import { emulatorAt } from '#e2e/fixtures/emulator.ts';
import type { Stint } from '#e2e/fixtures/server.ts';
import { postSignIn } from '#e2e/fixtures/sign-in.ts';

/** One role of one person, to be filed by one post. */
export interface Filing {
  cookie: string;
  key: string;
}

export const metricsToken = 'for the measurement only';

/**
 * Signs in as many people of a scaled tenant as have so many Azure roles between them, none more than 25, and has
 * their access read. Roles of the seeded tenant are left out: some of them want an approval.
 */
export async function filers(stint: Stint, wanted: number, say: (line: string) => void): Promise<Filing[]> {
  const counts = new Map<string, number>();
  const tenant = await emulatorAt(stint.emulatorOrigin).assignments();
  // Whoever holds such a role already may not ask for it.
  const held = new Set(
    tenant.filter(({ kind }) => kind === 'active').map((one) => `${one.principalName} ${keyOf(one)}`),
  );
  for (const one of tenant) {
    const isOurs = one.kind === 'eligible' && one.plane === 'azure' && scaled.test(one.scope);
    if (isOurs && / \d+$/.test(one.principalName))
      counts.set(one.principalName, (counts.get(one.principalName) ?? 0) + 1);
  }
  const people = [...counts].toSorted(([, a], [, b]) => b - a).map(([name]) => name);
  const filings: Filing[] = [];
  while (filings.length < wanted && people.length > 0) {
    const mayFile = async (name: string) =>
      (await filingsOf(stint, name)).filter(({ key }) => !held.has(`${name} ${key}`));
    filings.push(...(await Promise.all(people.splice(0, 8).map(mayFile))).flat());
  }
  if (filings.length < wanted) throw new Error(`The tenant has only ${filings.length} roles to file for.`);
  say(`  ${new Set(filings.map(({ cookie }) => cookie)).size} people with ${filings.length} roles`);
  await untilIdle(stint);
  return filings.slice(0, wanted);
}

const keyOf = ({ role, scope }: { role: string; scope: string }) => `azure|${role}|${scope.toLowerCase()}`;

const scaled = /^\/subscriptions\/5ca1e055-/;
const roleOf = /"key\\?":\\?"(azure\|[^"\\]+\|\/subscriptions\/5ca1e055-[^"\\]+)/g;

async function filingsOf({ origin }: Stint, displayName: string): Promise<Filing[]> {
  const door = await request.newContext({ baseURL: origin });
  const login = displayName.toLowerCase().replaceAll(' ', '.');
  const arrived = await postSignIn(door, await door.get('/auth/sign-in'), login, { maxRedirects: 20 });
  if (!arrived.url().startsWith(origin)) return [];
  const own = (await door.storageState()).cookies.filter(({ name }) => name.includes('stint'));
  await door.dispose();
  const cookie = own.map(({ name, value }) => `${name}=${value}`).join('; ');
  const post = poster(origin, 'refreshAccess');
  await post(cookie, ['$undefined']);
  for (let tries = 0; tries < 300; tries++) {
    const page = await (await fetch(`${origin}/`, { headers: { cookie } })).text();
    const keys = new Set([...page.matchAll(roleOf)].map(([, key = '']) => key));
    if (keys.size > 0) return [...keys].slice(0, 25).map((key) => ({ cookie, key }));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The roles of ${displayName} were never read.`);
}

/** Until no job waits or runs, so that nothing but the filings is measured. */
async function untilIdle(stint: Stint): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if ((await jobsOpen(stint, 'learn-roles')) + (await jobsOpen(stint, 'refresh-access')) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The readings did not end.');
}

async function jobsOpen({ origin }: Stint, queue: string): Promise<number> {
  const headers = { authorization: `Bearer ${metricsToken}` };
  const text = await (await fetch(`${origin}/api/metrics`, { headers })).text();
  const lines = text.matchAll(
    new RegExp(`stint_jobs\\{queue="${queue}",state="(queued|active|retry)"\\} (\\d+)`, 'g'),
  );
  return [...lines].reduce((sum, [, , count]) => sum + Number(count), 0);
}

/** Posts to a server action as Stint's own page does; the body of the answer. */
export function poster(origin: string, name: string): (cookie: string, args: unknown[]) => Promise<string> {
  const action = builtActions().get(name);
  if (!action) throw new Error(`The build has no ${name}.`);
  const { hostname, port } = new URL(origin);
  const agent = new Agent({ keepAlive: true, maxSockets: 1000 });
  return (cookie, args) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(args);
      const posting = send({
        ...{ agent, hostname, port, path: action.path, method: 'POST' },
        headers: {
          ...{ cookie, origin, accept: 'text/x-component', 'next-action': action.id },
          'content-type': 'text/plain;charset=UTF-8',
          'content-length': Buffer.byteLength(body),
        },
      });
      posting.once('error', reject);
      posting.once('response', (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
        });
        answer.once('error', reject);
        answer.once('end', () => {
          if (answer.statusCode === 200) resolve(text);
          else reject(new Error(`${name} answered ${answer.statusCode}: ${text.slice(0, 300)}`));
        });
      });
      posting.end(body);
    });
}
