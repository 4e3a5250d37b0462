/** Whether the person wants the browser to notify them; kept in this browser, where the permission is, too. */
const place = 'stint-notify';
const listeners = new Set<() => void>();

export function wantsNotice(): boolean {
  return (
    typeof Notification !== 'undefined' &&
    Notification.permission === 'granted' &&
    localStorage.getItem(place) === 'on'
  );
}

/** Asks the browser when it was not asked yet: only ever from a click. */
export async function chooseNotice(on: boolean): Promise<void> {
  if (on && Notification.permission === 'default') await Notification.requestPermission();
  localStorage.setItem(place, on ? 'on' : 'off');
  for (const listener of listeners) listener();
}

export function subscribeNotice(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
