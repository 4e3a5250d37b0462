const places: Readonly<Record<string, string>> = {
  a: '/',
  r: '/requests',
  p: '/approvals',
  v: '/reviews',
  h: '/history',
};
const secondKeyWithinMilliseconds = 1200;

/**
 * Hears key after key, each with its moment in milliseconds on one clock, and answers where `g` and a letter soon after
 * it lead; null for every other key.
 */
export function going(): (key: string, at: number) => string | null {
  let goAt: number | null = null;
  return (key, at) => {
    const isSecond = goAt !== null && at - goAt < secondKeyWithinMilliseconds;
    goAt = key === 'g' ? at : null;
    return (isSecond && places[key]) || null;
  };
}
