import { minute } from '#lib/domain/time.ts';

interface Window {
  startsAt: Date | null;
  endsAt: Date;
}

const usualMinutes = 5;
/** A short window is not reminded of all the time. */
const part = 1 / 4;

/** When to remind of its end: five minutes before, or for the last quarter of a short one. Milliseconds. */
export function remindAt({ startsAt, endsAt }: Window): number {
  const length = startsAt ? endsAt.getTime() - startsAt.getTime() : Number.POSITIVE_INFINITY;
  return endsAt.getTime() - Math.min(usualMinutes * minute, length * part);
}

/** `12 min`, in the last minute `45 s`. */
export function titleWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
