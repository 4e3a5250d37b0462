/**
 * Completes package-lock.json after `npm install`. npm leaves out optional packages of other platforms that the
 * registry at hand cannot serve, and `npm ci` then refuses the whole lock. Each is written down with the exact
 * version its parent asks for and the platform its name tells; without a hash, since nobody here has seen it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  version?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

interface Lock {
  packages: Record<string, Locked>;
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const libraries: Record<string, string> = { musl: 'musl', gnu: 'glibc' };

/** Names of optional packages that some package of the lock asks for and the lock does not have. */
export function missingFrom({ packages }: Lock): { name: string; version: string; parent: Locked }[] {
  return Object.entries(packages).flatMap(([path, parent]) =>
    path === ''
      ? []
      : Object.entries(parent.optionalDependencies ?? {})
          .filter(([name]) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`])
          .map(([name, version]) => ({ name, version, parent })),
  );
}

function entry(name: string, version: string, parent: Locked): Locked {
  const words = name.split('/').at(-1)?.split('-') ?? [];
  const os = systems.filter((one) => words.includes(one));
  const cpu = processors.filter((one) => words.includes(one));
  const libc = words.flatMap((word) => libraries[word] ?? []);
  return {
    version,
    ...(cpu.length > 0 && { cpu }),
    ...(parent.dev && { dev: true }),
    ...(libc.length > 0 && { libc }),
    ...(parent.license && { license: parent.license }),
    optional: true,
    ...(os.length > 0 && { os }),
  };
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
  const missing = missingFrom(lock);
  for (const { name, version, parent } of missing) {
    lock.packages[`node_modules/${name}`] = entry(name, version, parent);
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`${missing.length} optional packages of other platforms written down.`);
}
