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

// A browser keeps few connections to one server: a page nobody looks at gives its own back, and asks once it is seen.
function followSight(): void {
  if (document.hidden) close();
  else if (!source && listeners.size > 0) open();
}

/** Calls back when the server says that something of the viewer's changed. One stream for the page. */
export function listen(onChanged: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', followSight);
  listeners.add(onChanged);
  if (!source && !document.hidden) open();
  return () => {
    listeners.delete(onChanged);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', followSight);
    close();
  };
}
