const typed = 'input, textarea, select, [contenteditable="true"]';
const stored = 'stint-keys';

/** Does this key belong to a field, to a shortcut of the browser, or to an open dialog? Then leave it alone. */
export function isOurs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('[role="dialog"]')) return false;
  const field = target?.closest(typed);
  return !field || (field instanceof HTMLInputElement && field.type === 'checkbox');
}

/** Single keys can be switched off (WCAG 2.1.4); kept in this browser. */
export function keysAreOn(): boolean {
  return localStorage.getItem(stored) !== 'off';
}

export function switchKeys(on: boolean): void {
  localStorage.setItem(stored, on ? 'on' : 'off');
}
