import { pino } from 'pino';
import { config } from '#lib/config.ts';

/** One JSON line per happening; never tokens, never what people typed. */
export const log = pino({ level: config().logLevel, base: { app: 'stint' } });
