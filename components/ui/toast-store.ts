export interface Toast {
  id: number;
  text: string;
  /** What to do about it, by one press. */
  link?: { text: string; name: string; href: string };
  /** Longer than a word to read. */
  staysMilliseconds?: number;
}

const shown = 4;
const listeners = new Set<() => void>();
let toasts: readonly Toast[] = [];
let last = 0;

function put(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Tells the viewer something in a word, without taking the focus. */
export function say(text: string, more: Pick<Toast, 'link' | 'staysMilliseconds'> = {}): void {
  last += 1;
  put([...toasts, { id: last, text, ...more }].slice(-shown));
}

export function dismiss(id: number): void {
  put(toasts.filter((toast) => toast.id !== id));
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentToasts(): readonly Toast[] {
  return toasts;
}
