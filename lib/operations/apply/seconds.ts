/** So many seconds later. */
export function seconds(now: Date, n: number): Date {
  return new Date(now.getTime() + n * 1000);
}
