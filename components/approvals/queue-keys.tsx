'use client';

import { useEffect } from 'react';
import { isOurs, keysAreOn } from '#components/shell/typing.ts';

/** j and k move between cards; a goes to Approve, d to the reason. No key decides anything by itself. */
export function QueueKeys() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isOurs(event) || !keysAreOn()) return;
      const cards = [...document.querySelectorAll<HTMLElement>('[data-card]')];
      const at = cards.findIndex((card) => card.contains(document.activeElement));
      const target = targetOf(event.key, cards, at);
      if (!target) return;
      event.preventDefault();
      target.focus();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return null;
}

function targetOf(key: string, cards: HTMLElement[], at: number): HTMLElement | null | undefined {
  const current = cards[Math.max(0, at)];
  switch (key) {
    case 'j':
      return cards[Math.min(cards.length - 1, at + 1)];
    case 'k':
      return cards[Math.max(0, at - 1)];
    case 'a':
      return current?.querySelector<HTMLElement>('[data-approve]');
    case 'd':
      return current?.querySelector<HTMLElement>('[data-reason]');
    default:
      return null;
  }
}
