import { isCode } from './listen.ts';
import { startEmulator } from './server.ts';
import { parseScale, type Scale } from './tenant/scale.ts';

const { EMULATOR_HTTPS_PORT, EMULATOR_HTTP_PORT, EMULATOR_SCALE, STINT_DATA } = process.env;

function portFrom(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  console.error(`${name} is "${text}": a port is a whole number from 0 to 65535.`);
  process.exit(1);
}

function scaleFrom(text: string | undefined): Scale | null {
  try {
    return parseScale(text);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

const httpsPort = portFrom('EMULATOR_HTTPS_PORT', EMULATOR_HTTPS_PORT, 4443);
const httpPort = portFrom('EMULATOR_HTTP_PORT', EMULATOR_HTTP_PORT, 4400);

try {
  const dataFolder = STINT_DATA || '.stint';
  const emulator = await startEmulator({ dataFolder, httpsPort, httpPort, scale: scaleFrom(EMULATOR_SCALE) });
  console.log(
    `Emulator ready: ${emulator.httpsOrigin} (Graph, ARM, tokens) · ${emulator.httpOrigin} (sign-in page)`,
  );
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      emulator.stop().then(
        () => process.exit(0),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  if (!isCode(error, 'EADDRINUSE')) throw error;
  const taken = error instanceof Error && 'port' in error ? Number(error.port) : 0;
  const name = taken === httpsPort ? 'EMULATOR_HTTPS_PORT' : 'EMULATOR_HTTP_PORT';
  console.error(`Port ${taken} is in use. Set ${name} to a free port, or stop what uses it.`);
  process.exit(1);
}
