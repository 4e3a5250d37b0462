import { roleAtScopeName } from '#components/roles/role-words.ts';
import { say } from '#components/ui/toast-store.ts';
import type { RunningWindow } from '#lib/queries/rows.ts';
import { wantsNotice } from './notify-choice.ts';
import { titleWords } from './remind-at.ts';

const place = 'stint-reminded';
const kept = 50;
/** A tab that is seen tells first; one that nobody looks at waits so long. */
const hiddenMilliseconds = 2_000;
const staysMilliseconds = 90_000;

/** Tells once, whatever the number of tabs: by a toast with the way to more time, and outside the page if wanted. */
export async function remind(window: RunningWindow, leftMilliseconds: number): Promise<void> {
  if (document.hidden) await new Promise((resolve) => setTimeout(resolve, hiddenMilliseconds));
  await alone(() => {
    const told = toldBefore();
    const key = `${window.id} ${window.endsAt.getTime()}`;
    if (told.includes(key)) return;
    localStorage.setItem(place, JSON.stringify([key, ...told].slice(0, kept)));
    tell(window, leftMilliseconds);
  });
}

function tell(window: RunningWindow, left: number): void {
  const name = roleAtScopeName(window);
  const href = `/?extend=${window.id}`;
  const text = `${name} ends in ${titleWords(left)}`;
  say(text, { link: { text: 'Extend', name: `Extend ${name}`, href }, staysMilliseconds });
  if (!wantsNotice()) return;
  const notice = new Notification(text, { body: 'Extend it, or let it end by itself.', tag: window.id });
  notice.onclick = () => {
    globalThis.focus();
    location.assign(href);
  };
}

/** One tab at a time; where the browser has no locks, at once. */
async function alone(work: () => void): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request(place, work);
}

function toldBefore(): string[] {
  try {
    const told: unknown = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(told) ? told.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
