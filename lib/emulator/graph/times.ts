/** A moment as Graph prints it; null stays null. */
export const moment = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();
