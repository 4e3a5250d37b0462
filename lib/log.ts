import { pino } from 'pino';
import { surroundings } from '#lib/config/config.ts';

/** One JSON line per happening; never tokens, never what people typed. */
export const log = pino({ level: surroundings().logLevel, base: { app: 'stint' } });
