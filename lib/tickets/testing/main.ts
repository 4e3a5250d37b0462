/** The desk as a program, for tests in a browser: `node lib/tickets/testing/main.ts 4500`. */
import { openDesk } from './desk.ts';

const desk = await openDesk(Number(process.argv[2]));
console.log(`ticket desk at ${desk.origin}`);
