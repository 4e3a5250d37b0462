import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Installs a Debian package, without its recommendations. False where this is not Debian (or a child of it), or
 * not root, or the package cannot be had; the reason is printed.
 */
export function installOnDebian(name: string, say: (line: string) => void): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  say(`${name}: not here, installing Debian's package …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    const { status, stdout, stderr } = spawnSync('apt-get', ['-q', ...args], { env, encoding: 'utf8' });
    if (status === 0) continue;
    say(`apt-get ${args.join(' ')} failed:\n${stdout.slice(-2_000)}${stderr.slice(-2_000)}`);
    return false;
  }
  return true;
}
