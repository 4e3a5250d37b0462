import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { stints } from './roster.ts';

test('a registration named to be watched is Stint’s own: the Applier never touches it', () => {
  const watched = '5717a000-0000-4000-8000-00000000000a';
  Object.assign(process.env, { STINT_DATA: tmpdir(), STINT_WATCHED_CLIENT_IDS: watched });
  Object.assign(process.env, { EMULATOR_HTTPS_PORT: '9443', EMULATOR_HTTP_PORT: '9080' });
  expect(stints()).toContain(watched);
});
