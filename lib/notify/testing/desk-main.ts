/** The desks as programs, for tests in a browser and for trying it out: `node lib/notify/testing/desk-main.ts slack 4501`. */
import { openSlackDesk } from './slack-desk.ts';
import { openTeamsDesk } from './teams-desk.ts';

const [chat, port] = process.argv.slice(2);
const desk = await (chat === 'slack' ? openSlackDesk : openTeamsDesk)(Number(port));
console.log(`${chat} desk at ${desk.origin}`);
