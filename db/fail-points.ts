/**
 * Named steps at which a test may have this process killed, as a power cut would: between intending,
 * acting and recording. Armed by boot from the configuration, which allows it in the sandbox only.
 */
let armed: string | null = null;

export function armFailPoint(name: string | null): void {
  armed = name;
}

export function failPoint(name: string): void {
  if (armed === name) process.kill(process.pid, 'SIGKILL');
}
