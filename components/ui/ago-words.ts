const steps: [seconds: number, unit: string][] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
];

/** `8 s`, `3 min`, `2 h`, `4 d`: a length in seconds by its largest unit. */
export function roughly(seconds: number): string {
  for (const [size, unit] of steps) {
    if (seconds >= size) return `${Math.floor(seconds / size)} ${unit}`;
  }
  return `${Math.max(0, Math.floor(seconds))} s`;
}

/** `just now`, `8 s ago`, or `in 3 h` for a moment still to come. Both in milliseconds. */
export function agoWords(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000);
  if (seconds < -1) return `in ${roughly(-seconds)}`;
  return seconds < 2 ? 'just now' : `${roughly(seconds)} ago`;
}
