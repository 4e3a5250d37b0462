/**
 * Named steps at which a test may have this process killed, as a power cut would: between intending,
 * acting and recording. Armed by boot from the configuration, which allows it in the sandbox only.
 */
let armed: string | null = null;
let by: 'SIGKILL' | 'SIGSTOP' = 'SIGKILL';

/** `SIGSTOP`: the process stands still there, once, until somebody sends it SIGCONT. */
export function armFailPoint(name: string | null, signal: typeof by = 'SIGKILL'): void {
  armed = name;
  by = signal;
}

export function failPoint(name: string): void {
  if (armed !== name) return;
  armed = null;
  process.kill(process.pid, by);
}
