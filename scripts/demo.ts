/** The whole of Stint on this machine, no tenant needed: the emulator, the portal's production build, and who to be. */
import { relative } from 'node:path';
import { buildPortal, nextBin } from './build-portal.ts';
import { readSandbox, requireFreePorts } from './sandbox.ts';
import { together } from './together.ts';
import { untilReady } from './until-ready.ts';

const people = {
  'ada.lind': 'engineer, eligible for roles of all three planes',
  'bo.okafor': 'approver of platform roles',
  'cy.tran': 'approver of security roles',
  'rhea.silva': 'reviewer',
  'auden.hale': 'auditor: sees and exports everything, changes nothing',
  'mira.novak': 'administrator',
  'nadia.karim': 'administrator too, for what needs two people',
  'vic.partner': 'guest of a vendor',
  'lou.grant': 'engineer with nothing eligible',
};

const programs = together(process.env.LOG_LEVEL === 'debug');
try {
  const sandbox = readSandbox();
  await requireFreePorts(sandbox);
  const emulator = programs.launch('emulator', ['lib/emulator/main.ts'], process.env);
  await untilReady(emulator, `${sandbox.emulatorOrigin}/_emulator/clock`, 60);
  console.log(`emulator    ${sandbox.emulatorOrigin}, a local Azure tenant named Contoso`);

  await buildPortal(programs.launchOnce, console.log);
  const portal = programs.launch('portal', [nextBin, 'start', '-p', String(sandbox.port)], {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  });
  await untilReady(portal, `http://localhost:${sandbox.port}/api/health`, 60);
  programs.launch('applier', ['scripts/applier.ts'], process.env);
  programs.ready();
  console.log(sandbox.embedded ? embeddedNote(sandbox.dataFolder) : 'database    PostgreSQL at DATABASE_URL');
  console.log(`portal      ready\n\n  ${sandbox.origin}\n\nSign in as`);
  for (const [name, what] of Object.entries(people))
    console.log(`  ${`${name}@contoso.example`.padEnd(29)}${what}`);
  console.log('\nCtrl-C ends everything.');
} catch (error) {
  await programs.fail(error);
}

function embeddedNote(folder: string): string {
  const near = relative('', folder);
  return (
    `database    embedded, in ${near.startsWith('..') || !near ? folder : near}. It does not force writes to the disk: a power cut may lose\n` +
    '            the last ones. For production set DATABASE_URL to a PostgreSQL.'
  );
}
