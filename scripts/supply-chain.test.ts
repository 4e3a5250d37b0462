/** What package.json and the lock file promise about what is installed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { missingFrom } from './complete-lock.ts';

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}
interface Lock {
  packages: Record<string, { version?: string; resolved?: string; integrity?: string; link?: boolean }>;
}

const root = join(import.meta.dirname, '..');
const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));
const manifest: Manifest = read('package.json');
const lock: Lock = read('package-lock.json');
const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
const installed = Object.entries(lock.packages).filter(([path]) => path !== '');

/** Below these there are known holes. */
const floors = { next: '16.4.1', 'drizzle-orm': '0.45.2' };

test.each(Object.entries(wanted))('%s is pinned to one version', (_, version) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

test.each(Object.entries(floors))('%s is at least %s, wherever it is installed', (name, floor) => {
  const versions = installed
    .filter(([path]) => path.endsWith(`node_modules/${name}`))
    .map(([, { version }]) => version);
  expect(versions).not.toEqual([]);
  expect(versions.filter((version) => !version || isBelow(version, floor))).toEqual([]);
});

test('the lock file names no registry, so that each machine uses its own', () => {
  expect(installed.filter(([, { resolved }]) => resolved).map(([path]) => path)).toEqual([]);
});

test('the lock file names the optional packages of every platform; else npm ci refuses it (npm run lock:complete)', () => {
  expect(missingFrom(lock).map(({ name }) => name)).toEqual([]);
});

test('every package that is installed here has a hash', () => {
  const here = installed.filter(([path]) => existsSync(join(root, path)));
  expect(here.length).toBeGreaterThan(100);
  expect(here.filter(([, { integrity, link }]) => !integrity && !link).map(([path]) => path)).toEqual([]);
});

describe('a version is below a floor', () => {
  test.each([
    ['16.4.0', '16.4.1', true],
    ['16.4.10', '16.4.9', false],
    ['0.45.2', '0.45.2', false],
    ['15.9.9', '16.0.0', true],
    ['16.4.1-canary.3', '16.4.1', true],
  ])('%s, floor %s: %s', (version, floor, below) => expect(isBelow(version, floor)).toBe(below));
});

function isBelow(version: string, floor: string): boolean {
  const order = version.split('-', 1)[0]?.localeCompare(floor, 'en', { numeric: true }) ?? -1;
  return order < 0 || (order === 0 && version.includes('-'));
}
