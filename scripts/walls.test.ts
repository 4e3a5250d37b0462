/** Plants what each wall of biome.json forbids in a copy of the tree's shape, and expects red; and green for what it allows. */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** A file, and what it must not and what it may import. */
const walls: [file: string, red: string, green: string][] = [
  [
    'lib/domain/x.ts',
    '#lib/config/config.ts #db/client.ts #lib/operations/x.ts next react drizzle-orm',
    '#lib/domain/time.ts ./time.ts node:crypto zod',
  ],
  ['lib/config/config.ts', '#lib/domain/time.ts #db/client.ts next ../x.ts', './credential.ts node:path'],
  ['lib/config/x.ts', '#lib/domain/time.ts #db/client.ts next ../x.ts', './credential.ts node:fs zod'],
  [
    'lib/boot.ts',
    '#lib/operations/x.ts #lib/auth/x.ts #app/page.tsx',
    '#lib/config/config.ts #db/open.ts #lib/jobs/roster.ts',
  ],
  [
    'lib/azure/graph/x.ts',
    '#db/client.ts #lib/operations/x.ts @azure/msal-node drizzle-orm ../faults.ts',
    '#lib/domain/time.ts #lib/config/config.ts #lib/azure/faults.ts @azure/core-auth',
  ],
  [
    'lib/outbound/x.ts',
    '#lib/domain/time.ts #lib/config/config.ts #lib/tickets/ports.ts #db/client.ts next drizzle-orm',
    './address.ts #lib/outbound/address.ts node:https',
  ],
  [
    'lib/tickets/x.ts',
    '#db/client.ts #lib/operations/x.ts #lib/azure/ports.ts next drizzle-orm',
    '#lib/domain/time.ts #lib/config/config.ts #lib/tickets/ports.ts #lib/outbound/call.ts node:https zod',
  ],
  [
    'lib/notify/x.ts',
    '#db/client.ts #lib/operations/x.ts #lib/tickets/ports.ts drizzle-orm',
    '#lib/domain/time.ts #lib/config/config.ts #lib/outbound/call.ts nodemailer',
  ],
  [
    'lib/export/x.ts',
    '#lib/queries/rows.ts #lib/operations/x.ts next',
    '#db/client.ts #lib/domain/time.ts #lib/config/config.ts drizzle-orm',
  ],
  [
    'lib/audit/x.ts',
    '#lib/operations/x.ts #lib/auth/x.ts next',
    '#db/client.ts #lib/domain/time.ts drizzle-orm',
  ],
  [
    'lib/operations/requests/x.ts',
    '#lib/azure/live.ts #lib/tickets/live.ts #lib/notify/mail.ts #lib/outbound/call.ts #lib/auth/x.ts #lib/config/config.ts #lib/queries/x.ts #lib/jobs/x.ts next pg @azure/core-auth ../x.ts',
    '#lib/tickets/ports.ts #lib/notify/ports.ts #lib/notify/faults.ts #lib/azure/ports.ts #lib/azure/faults.ts #lib/audit/x.ts #db/client.ts #lib/domain/time.ts drizzle-orm',
  ],
  [
    'lib/queries/x.ts',
    '#lib/operations/x.ts #lib/auth/x.ts #lib/config/config.ts next react',
    '#db/client.ts #lib/domain/time.ts drizzle-orm',
  ],
  [
    'lib/auth/x.ts',
    '#lib/operations/x.ts #lib/azure/live.ts @azure/core-auth @microsoft/microsoft-graph-client',
    '#lib/audit/x.ts #db/client.ts #lib/config/config.ts @azure/msal-node next/headers react',
  ],
  ['lib/jobs/testing/kill-lane.ts', '#lib/queries/x.ts ../x.ts pg-boss', '#lib/auth/testing.ts pg'],
  [
    'lib/jobs/x.ts',
    '#lib/queries/rows.ts #lib/azure/fake.ts #lib/tickets/jira.ts #app/page.tsx @azure/core-auth next pg',
    '#lib/tickets/live.ts #lib/operations/x.ts #lib/azure/live.ts #lib/azure/faults.ts #lib/auth/x.ts #lib/audit/x.ts pg-boss',
  ],
  [
    'lib/emulator/entra/x.ts',
    '#lib/domain/time.ts #lib/config/config.ts #db/client.ts @azure/msal-node ../state.ts',
    '#lib/emulator/state.ts jose node:http',
  ],
  ['lib/emulator/main.ts', '#lib/config/config.ts', '#lib/emulator/state.ts'],
  [
    'db/x.ts',
    '#lib/operations/x.ts #lib/auth/x.ts next @azure/core-auth',
    '#lib/domain/time.ts #lib/config/config.ts drizzle-orm pg pg-boss @electric-sql/pglite',
  ],
  [
    'components/requests/x.tsx',
    '#lib/operations/x.ts #lib/queries/my-access.ts #lib/auth/x.ts #db/client.ts ../ui/button.tsx',
    '#components/ui/button.tsx #lib/domain/permission.ts #lib/queries/rows.ts react next/link',
  ],
  [
    'components/step-up/x.tsx',
    '#lib/auth/x.ts @azure/msal-node @azure/core-auth',
    '#components/ui/button.tsx #lib/domain/time.ts @azure/msal-browser @azure/msal-browser/redirect-bridge @azure/msal-react',
  ],
  [
    'app/(portal)/x.tsx',
    '#db/client.ts #lib/azure/live.ts #lib/tickets/jira.ts #lib/notify/live.ts #lib/config/config.ts #lib/jobs/x.ts drizzle-orm @azure/msal-node',
    '#lib/notify/slack/live.ts #lib/notify/teams/live.ts #lib/notify/webhook-address.ts #lib/tickets/live.ts #components/ui/button.tsx #lib/auth/x.ts #lib/operations/x.ts #lib/queries/x.ts #lib/export/line.ts #lib/domain/time.ts next/navigation',
  ],
  ['proxy.ts', '#db/client.ts #lib/operations/x.ts', '#lib/config/config.ts next/server'],
  ['instrumentation.ts', '#db/client.ts #lib/jobs/x.ts', '#lib/boot.ts'],
  ['scripts/x.ts', '#lib/operations/x.ts #db/client.ts', '#lib/config/config.ts pg'],
  [
    'e2e/journeys/x.spec.ts',
    '#db/client.ts #lib/queries/rows.ts #lib/emulator/state.ts #scripts/x.ts',
    '#lib/domain/time.ts #e2e/fixtures/server.ts @playwright/test',
  ],
  ['e2e/fixtures/server.ts', '#db/client.ts', '#scripts/x.ts'],
  [
    'e2e/bench/x.ts',
    '#db/client.ts #lib/queries/rows.ts drizzle-orm next',
    '#scripts/x.ts #e2e/fixtures/server.ts pg @electric-sql/pglite',
  ],
  ['e2e/bench/pages/bare/page.tsx', '#lib/queries/my-access.ts #scripts/x.ts pg', 'next/link react'],
  ['scripts/bench.ts', '#lib/operations/x.ts #e2e/fixtures/server.ts', '#e2e/bench/all.ts pg'],
  [
    'lib/jobs/x.test.ts',
    '#lib/emulator/state.ts #scripts/postgres.ts ../boot.ts',
    '#db/testing.ts #lib/azure/fake.ts #scripts/cluster.ts',
  ],
  ['lib/domain/x.test.ts', '#db/testing.ts', './time.ts fast-check'],
  ['lib/emulator/x.test.ts', '#lib/domain/time.ts', '#lib/emulator/state.ts'],
];
const readsEnvironment =
  /^(lib\/config\/config|lib\/emulator\/main|instrumentation|scripts\/|e2e\/|.*\.test)/;
const forms = [
  "await import('#db/x.ts');",
  "export { a } from '#db/x.ts';",
  "import type { A } from '#db/x.ts';",
  "import '#db/x.ts';",
];

const root = join(import.meta.dirname, '..');
const copy = mkdtempSync(join(tmpdir(), 'stint-walls-'));
let complaints: Set<string>;

beforeAll(() => {
  copyFileSync(join(root, 'biome.json'), join(copy, 'biome.json'));
  for (const [file, red, green] of walls) {
    const imports = `${red} ${green}`
      .split(' ')
      .map((name, index) => `import { a as a${index} } from '${name}';`);
    plant(file, ['console.log(process.env.HOME);', ...imports]);
  }
  plant('lib/domain/forms.ts', forms);
  complaints = lint();
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function plant(file: string, lines: string[]): void {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), `${lines.join('\n')}\n`);
}

/** `file:line` of everything that Biome forbids in the copy. */
function lint(): Set<string> {
  const rules = ['--only=style/noRestrictedImports', '--only=style/noProcessEnv'];
  const options = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github', ...rules];
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/biome'), options, {
    cwd: copy,
    encoding: 'utf8',
  });
  const found = stdout.matchAll(/^::error .*?file=(?:.*stint-walls-[^/]+\/)?(.+?),line=(\d+),/gm);
  return new Set([...found].map(([, file, line]) => `${file}:${line}`));
}

describe.each(walls)('%s', (file, red, green) => {
  const refused = red.split(' ').map((name, index) => ({ name, line: index + 2 }));
  const allowed = green.split(' ').map((name, index) => ({ name, line: refused.length + index + 2 }));

  test.each(refused)('may not import $name', ({ line }) => expect(complaints).toContain(`${file}:${line}`));
  test.each(allowed)('may import $name', ({ line }) => expect(complaints).not.toContain(`${file}:${line}`));
  test(`${readsEnvironment.test(file) ? 'may' : 'may not'} read process.env`, () =>
    expect(complaints.has(`${file}:1`)).toBe(!readsEnvironment.test(file)));
});

test.each(forms.map((form, index) => ({ form, line: index + 1 })))('a wall stops $form', ({ line }) => {
  expect(complaints).toContain(`lib/domain/forms.ts:${line}`);
});

test('every folder of lib has a wall', () => {
  const walled = readFileSync(join(root, 'biome.json'), 'utf8');
  const folders = readdirSync(join(root, 'lib'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  expect(folders.map(({ name }) => name).filter((name) => !walled.includes(`"lib/${name}/**"`))).toEqual([]);
});
