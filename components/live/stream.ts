/** What changes in a row is answered once, when it pauses; a row without a pause, this often. */
const pauseMilliseconds = 120;
const mostMilliseconds = 400;
const pollMilliseconds = 15_000;

const listeners = new Set<() => void>();
/** Told beside the page: what they look at is not the page. Some of them also while nobody looks at it. */
const asides = new Map<() => void, { whileHidden: boolean }>();
let source: EventSource | null = null;
/** The stream has said its first `changed`, which it says as it opens. */
let hasBegun = false;
let poll: ReturnType<typeof setInterval> | null = null;
let soon: ReturnType<typeof setTimeout> | null = null;
/** When the first was heard of what is not answered yet. */
let since: number | null = null;

function tell(): void {
  if (soon) clearTimeout(soon);
  since ??= Date.now();
  const wait = Math.max(0, Math.min(pauseMilliseconds, since + mostMilliseconds - Date.now()));
  soon = setTimeout(() => {
    soon = null;
    since = null;
    // One answer serves all: every listener refreshes the same page.
    listeners.values().next().value?.();
    for (const aside of asides.keys()) aside();
  }, wait);
}

function stopPolling(): void {
  if (poll) clearInterval(poll);
  poll = null;
}

function open(): void {
  source = new EventSource('/api/stream');
  hasBegun = false;
  source.addEventListener('changed', () => {
    hasBegun = true;
    tell();
  });
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
  since = null;
}

// A browser keeps few connections to one server: a page nobody looks at gives its own back, and asks once it is seen.
function followSight(): void {
  if (document.hidden && ![...asides.values()].some(({ whileHidden }) => whileHidden)) close();
  else if (!source && hasListeners()) open();
}

const hasListeners = () => listeners.size + asides.size > 0;

function begin(): void {
  if (!hasListeners()) document.addEventListener('visibilitychange', followSight);
}

function began(): void {
  if (!source && !document.hidden) open();
}

function end(): void {
  if (hasListeners()) return;
  document.removeEventListener('visibilitychange', followSight);
  close();
}

/** Calls back when the server says that something of the viewer's changed. One stream for the page. */
export function listen(onChanged: () => void): () => void {
  begin();
  listeners.add(onChanged);
  // What changed since the page was made was heard by nobody, unless the stream is still about to begin.
  if (source && hasBegun) tell();
  else began();
  return () => {
    listeners.delete(onChanged);
    end();
  };
}

/** The same for what is beside the page; `whileHidden`: also while nobody looks at it. */
export function listenBeside(onChanged: () => void, how: { whileHidden: boolean }): () => void {
  begin();
  asides.set(onChanged, how);
  began();
  return () => {
    asides.delete(onChanged);
    end();
  };
}
