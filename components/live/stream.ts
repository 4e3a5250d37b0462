const debounceMilliseconds = 150;
const pollMilliseconds = 15_000;

const listeners = new Set<() => void>();
let source: EventSource | null = null;
let poll: ReturnType<typeof setInterval> | null = null;
let soon: ReturnType<typeof setTimeout> | null = null;

function tell(): void {
  if (soon) clearTimeout(soon);
  soon = setTimeout(() => {
    // One answer serves all: every listener refreshes the same page.
    listeners.values().next().value?.();
  }, debounceMilliseconds);
}

function stopPolling(): void {
  if (poll) clearInterval(poll);
  poll = null;
}

function open(): void {
  source = new EventSource('/api/stream');
  source.addEventListener('changed', tell);
  source.onopen = stopPolling;
  source.onerror = () => {
    // The browser tries again by itself unless it was refused; meanwhile the page asks now and then.
    poll ??= setInterval(tell, pollMilliseconds);
  };
}

function close(): void {
  source?.close();
  source = null;
  stopPolling();
  if (soon) clearTimeout(soon);
  soon = null;
}

/** Calls back when the server says that something of the viewer's changed. One stream for the page. */
export function listen(onChanged: () => void): () => void {
  listeners.add(onChanged);
  if (!source) open();
  return () => {
    listeners.delete(onChanged);
    if (listeners.size === 0) close();
  };
}
