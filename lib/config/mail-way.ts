import { readFileSync } from 'node:fs';
import { ConfigError } from './config-error.ts';
import { type Environment, need } from './read-variables.ts';

/** The mail server, and as whom Stint writes. */
export interface MailWay {
  host: string;
  port: number;
  /** Encrypted from the first byte, by STARTTLS or not at all, or in the clear. */
  tls: 'at_once' | 'starttls' | 'none';
  login: { user: string; password: string } | null;
  from: string;
}

/** Outside the sandbox letters go encrypted, unless the address itself says otherwise. */
export function mailWay(env: Environment): MailWay | null {
  if (!env.STINT_SMTP_URL) return null;
  const { protocol, hostname, port: named, username, password } = new URL(env.STINT_SMTP_URL);
  const tls = protocol === 'smtps:' ? 'at_once' : protocol === 'smtp:' ? 'starttls' : 'none';
  const kept = env.STINT_SMTP_PASSWORD_FILE && readSecret(env.STINT_SMTP_PASSWORD_FILE);
  const user = decodeURIComponent(username);
  return {
    ...{ host: hostname.replace(/^\[|\]$/g, ''), tls },
    port: Number(named) || (tls === 'at_once' ? 465 : tls === 'starttls' ? 587 : 25),
    login: user === '' ? null : { user, password: kept || decodeURIComponent(password) },
    from: need(env.STINT_MAIL_FROM, 'STINT_MAIL_FROM', 'the address that Stint’s mail comes from'),
  };
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new ConfigError(`STINT_SMTP_PASSWORD_FILE: ${file} cannot be read.`);
  }
}
