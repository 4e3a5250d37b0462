const HOME = '/';
const elsewhere = 'https://elsewhere.invalid';

/**
 * Where to go after signing in: a path of Stint's own pages, else home. Browsers read `//host`, `/\host` and
 * paths with stripped control characters as other hosts (WHATWG URL), so all of those are home.
 */
export function ownPath(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > 2000) return HOME;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
  if (!/^\/(?!\/)/.test(asked) || /[\\\u0000-\u0020\u007f-\u009f]/.test(asked)) return HOME;
  if (!URL.canParse(asked, elsewhere)) return HOME;
  const url = new URL(asked, elsewhere);
  // Dots are resolved by now: `/.//host` has become `//host`.
  if (url.origin !== elsewhere || url.pathname.startsWith('//')) return HOME;
  // Sign-in must not lead back to sign-in, nor to a door for machines.
  if (/^\/(auth|api)(\/|$)/i.test(url.pathname)) return HOME;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The address that begins a sign-in and comes back to `path`. */
export function signInPath(path: string): string {
  return `/auth/sign-in?returnTo=${encodeURIComponent(path)}`;
}
