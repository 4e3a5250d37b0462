export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Not a secret and not for the server's decisions, only for the first paint. */
export const themeCookie = 'stint-theme';

/** What the cookie says, or the system's own. */
export function themeOf(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? 'system';
}
