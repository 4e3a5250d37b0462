import type { Draft } from './ask.ts';

/** Drafts are kept by whose they are: nobody finds what another typed at the same browser. */
function place(): string {
  const viewer = document.querySelector<HTMLElement>('[data-viewer]')?.dataset.viewer ?? '';
  return `stint-draft ${viewer}`;
}

/** Keeps the form in this tab while the person signs in again. */
export function keepDraft(draft: Draft): void {
  sessionStorage.setItem(place(), JSON.stringify(draft));
}

/** The form kept, once; null when there is none or it cannot be read. */
export function takeDraft(): Draft | null {
  const kept = sessionStorage.getItem(place());
  sessionStorage.removeItem(place());
  if (!kept) return null;
  try {
    const { keys, form, own, bundleId } = JSON.parse(kept);
    const texts = [form.justification, form.ticketNumber, form.startsAt, form.duration ?? ''];
    return Array.isArray(keys) && texts.every((text) => typeof text === 'string')
      ? { keys, form, own, bundleId }
      : null;
  } catch {
    return null;
  }
}
