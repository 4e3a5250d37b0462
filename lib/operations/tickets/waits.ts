/** Systems that said when they want to be asked again, as this process heard it; by the machine's clock, as HTTP has it. */
const until = new Map<string, number>();
/** Nobody is taken at their word for longer. */
const mostSeconds = 600;

/** Leaves a system alone for as long as it said. */
export function waitFor(systemId: string, seconds: number, nowMs = Date.now()): void {
  until.set(systemId, nowMs + Math.min(seconds, mostSeconds) * 1000);
}

/** Seconds that are left of it; 0: it may be asked. */
export function waitOf(systemId: string, nowMs = Date.now()): number {
  const left = Math.ceil(((until.get(systemId) ?? 0) - nowMs) / 1000);
  if (left > 0) return left;
  until.delete(systemId);
  return 0;
}
