import { buildPortal } from './build-portal.ts';
import { together } from './together.ts';

const programs = together(true);
try {
  await buildPortal(programs.launchOnce, console.log);
} catch {
  // Its output is on the screen already.
  process.exitCode = 1;
}
process.exit();
