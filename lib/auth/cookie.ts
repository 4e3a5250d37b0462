import { type Config, config } from '#lib/config/config.ts';

/** Both cookies: unreadable to scripts, never to another host, along on links from elsewhere but on no cross-site post. */
const options = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const;

/** Only what Stint itself made is looked up: 256 bits in base64url. */
export const secretShape = /^[\w-]{43}$/;

/** The cookie that holds a session's secret, until the browser closes; the server ends it earlier. */
export function sessionCookie(of: NamedBy = config()) {
  return { name: `__Host-stint${suffix(of)}`, ...options };
}

/** The cookie that ties a sign-in to the browser that began it, so that nobody is signed in as somebody else by a link. */
export function attemptCookie(of: NamedBy = config()) {
  return { name: `__Host-stint-sign-in${suffix(of)}`, ...options, maxAge: 600 };
}

type NamedBy = Pick<Config, 'sandbox' | 'port'>;

/** Cookies ignore ports: without it two demos on one machine sign each other out. */
function suffix({ sandbox, port }: NamedBy): string {
  return sandbox ? `-${port}` : '';
}
