import { describePorts } from './contract.ts';
import { livePersonPorts, liveReader } from './live.ts';
import { type Audience, audienceOf } from './ports.ts';
import type { Bench } from './testing/bench.ts';
import { contoso } from './testing/contoso.ts';
import { readerTokens, signIn } from './testing/sign-in.ts';
import { startEmulator } from './testing/start-emulator.ts';

/** Microsoft's SDKs against the local tenant, over real sockets, with tokens of the real code flow. */
async function emulatorBench(): Promise<Bench> {
  const { httpsOrigin, control, stop } = await startEmulator();
  const origins = { graphOrigin: httpsOrigin, armOrigin: httpsOrigin };
  const signedIn = new Map<string, Promise<(audience: Audience) => Promise<string>>>();
  const spoil = (rule: object) => control('POST', 'faults', { match: 'ScheduleRequests', times: 1, ...rule });

  return {
    ports: { person: livePersonPorts(origins), reader: liveReader(origins, readerTokens(httpsOrigin)) },
    cast: contoso,
    async token({ login }, plane, session = { mfa: true }) {
      const key = `${login} ${session.mfa}`;
      const tokens = signedIn.get(key) ?? signIn(httpsOrigin, login, session);
      signedIn.set(key, tokens);
      return (await tokens)(audienceOf[plane]);
    },
    advance: (minutes) => control('POST', 'clock', { advanceSeconds: minutes * 60 }),
    throttle: (plane, retryAfter) => spoil({ status: 429, retryAfter, method: filing(plane) }),
    loseAnswer: (plane) => spoil({ kind: 'reset', afterEffect: true, method: filing(plane) }),
    async reset() {
      signedIn.clear();
      await control('POST', 'reset');
    },
    stop,
  };
}

function filing(plane: string): string {
  return plane === 'azure' ? 'PUT' : 'POST';
}

describePorts('the local tenant', emulatorBench);
