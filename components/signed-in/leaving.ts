const event = 'stint-leaving';

/** Lets forms keep what was typed, in this tab, before the page is left for a sign-in. */
export function leaving(): void {
  window.dispatchEvent(new Event(event));
}

export function onLeaving(keep: () => unknown): () => void {
  window.addEventListener(event, keep);
  return () => window.removeEventListener(event, keep);
}
