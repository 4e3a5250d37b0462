import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folders = '{app,components,db,lib,public}/**/*.*';
const files =
  '{package.json,package-lock.json,tsconfig.json,next.config.ts,postcss.config.*,proxy.ts,instrumentation*.ts}';
const apart = /^lib\/emulator\/|\.test\.tsx?$/;

/** One name for everything the portal's build is made from; another name means another build. */
export function sourceState(): string {
  const hash = createHash('sha256');
  const names = globSync([folders, files], { cwd: root })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => !apart.test(name));
  for (const name of names.sort()) {
    const content = createHash('sha256')
      .update(readFileSync(join(root, name)))
      .digest('hex');
    hash.update(`${name} ${content}\n`);
  }
  return hash.digest('hex');
}

/** The state that the build in .next was made from; null without a finished build. */
export function builtState(): string | null {
  const mark = builtMark();
  return existsSync(mark) && existsSync(join(root, '.next', 'BUILD_ID')) ? readFileSync(mark, 'utf8') : null;
}

export function builtMark(): string {
  return join(root, '.next', 'built-from');
}
