/**
 * `npm run bench`: the figures of README, measured here. Row ids run fewer (`npm run bench -- P1 P7`);
 * `--repeats=5`, `--quick` (does it work at all), `--json=path`. A figure that misses its target is no error.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { measurements } from '#e2e/bench/all.ts';
import type { Figure } from '#e2e/bench/measurement.ts';
import { machineFacts, machineLine } from './bench-machine.ts';
import { benchTable } from './bench-table.ts';
import { ensureBrowser } from './browser.ts';
import { buildPortal } from './build-portal.ts';
import { ensurePostgres } from './postgres.ts';
import { startProgram } from './program.ts';

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    repeats: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: '.bench/figures.json' },
  },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

const repeats = Number(values.repeats ?? (values.quick ? 1 : 5));
const unknown = asked.filter((id) => !measurements.some(({ ids }) => ids.includes(id)));
if (unknown.length > 0 || !Number.isInteger(repeats) || repeats < 1) {
  const rows = measurements.flatMap(({ ids }) => ids).join(' ');
  console.error(`Usage: npm run bench -- [--repeats=5] [--quick] [--json=path] [${rows}]`);
  process.exit(1);
}

await buildPortal(startProgram, console.log);
process.env.CHROMIUM_PATH ??= ensureBrowser(console.log);
const postgres = await ensurePostgres(console.log);
if (!postgres) process.exit(1);
// Each measurement takes an empty database of this server.
process.env.STINT_TEST_DATABASE_URL = postgres.url;
const machine = await machineFacts(postgres.url);

const figures: Figure[] = [];
const broken: string[] = [];
for (const { ids, title, measure } of measurements) {
  if (asked.length > 0 && !ids.some((id) => asked.includes(id))) continue;
  console.log(`\n── ${ids.join(', ')}: ${title}`);
  try {
    figures.push(...(await measure({ repeats, quick: values.quick, say: console.log })));
  } catch (error) {
    broken.push(ids.join(', '));
    const told = error instanceof Error ? error.stack : String(error);
    console.error(told?.slice(0, 3_000));
  }
}
await postgres.stop();

console.log(`\n${benchTable(figures)}\n\n${machineLine(machine)}`);
if (values.quick) console.log('Quick: these figures mean nothing.');
mkdirSync(dirname(values.json), { recursive: true });
writeFileSync(
  values.json,
  `${JSON.stringify({ machine, repeats, quick: values.quick, figures, broken }, null, 2)}\n`,
);
console.log(`As JSON: ${values.json}`);
if (broken.length > 0) console.error(`Broken, not measured: ${broken.join('; ')}`);
process.exit(broken.length > 0 ? 1 : 0);
