/** Copies of this checkout: the portal with the yardsticks' pages in it, and one as `npm ci` leaves it. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
/** Beside node_modules, on the same disk: its files are linked, not copied. */
const place = join(root, '.bench');
const left = new Set(['node_modules', '.next', '.git', '.stint', '.bench', 'test-results']);

/** Where the yardsticks' pages are in the copy: the bare one inside the portal's layout, the empty one in the root's. */
const pages = { bare: 'app/(portal)/bench-bare', empty: 'app/bench-empty' };

/**
 * The folder of a portal built from these sources and the yardsticks' pages; built again only when something changed.
 * @throws Error with the build's output when it fails.
 */
export function portalWithYardsticks(say: (line: string) => void): string {
  say('portal      a copy with the yardsticks’ pages …');
  const folder = copyOfCheckout('portal');
  for (const [name, path] of Object.entries(pages))
    cpSync(join(import.meta.dirname, 'pages', name), join(folder, path), { recursive: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The portal with the yardsticks was not built:\n\n${stdout}${stderr}`);
  return folder;
}

/** The sources as they are now, with what `npm ci` installs. What was built in the copy before is still there. */
export function copyOfCheckout(name: string): string {
  const folder = join(place, name);
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder)) {
    if (entry !== 'node_modules' && entry !== '.next') rmSync(join(folder, entry), { recursive: true });
  }
  for (const entry of readdirSync(root)) {
    if (!left.has(entry)) cpSync(join(root, entry), join(folder, entry), { recursive: true });
  }
  const [installed, linked] = [join(root, 'node_modules'), join(folder, 'node_modules')];
  if (stateOf(installed) !== stateOf(linked)) {
    rmSync(linked, { recursive: true, force: true });
    linkTree(installed, linked);
  }
  return folder;
}

/** What npm says is installed in a node_modules; null where there is none. */
function stateOf(modules: string): string | null {
  const said = join(modules, '.package-lock.json');
  return existsSync(said) ? readFileSync(said, 'utf8') : null;
}

/** Hard links: Turbopack follows no symbolic link out of its root. */
function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkSync(source, target);
  }
}
