'use client';

import { useEffect, useRef } from 'react';
import { isOurs, keysAreOn } from '#components/shell/typing.ts';

interface Place {
  id: string;
  at: number;
}

/**
 * j and k move between cards; a goes to the first decision (Approve, Keep), d to the reason, x selects, o opens. No key
 * decides anything by itself.
 * A decided card takes its form away, then itself: the focus stays on it, and goes on to the card in its place.
 */
export function QueueKeys({ queue }: { queue: string }) {
  const last = useRef<Place | null>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isOurs(event) || !keysAreOn()) return;
      const cards = allCards();
      const at = cards.findIndex((card) => card.contains(document.activeElement));
      if (event.key === 'x') cards[at]?.querySelector<HTMLElement>('[data-select]')?.click();
      if (event.key === 'o') cards[at]?.querySelector<HTMLElement>('[data-open]')?.click();
      const target = targetOf(event.key, cards, at);
      if (!target) return;
      event.preventDefault();
      target.focus();
    };
    const note = ({ target }: Event) => {
      last.current = target instanceof Element ? placeOf(target) : null;
    };
    document.addEventListener('keydown', press);
    document.addEventListener('focusin', note);
    document.addEventListener('pointerdown', note);
    return () => {
      document.removeEventListener('keydown', press);
      document.removeEventListener('focusin', note);
      document.removeEventListener('pointerdown', note);
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state of the queue is what may have taken the focus.
  useEffect(() => {
    const place = last.current;
    if (!place || document.activeElement !== document.body) return;
    const cards = allCards();
    const same = cards.find(({ id }) => id === place.id);
    const next = same ?? cards[Math.min(place.at, cards.length - 1)] ?? document.getElementById('main');
    next?.focus({ preventScroll: next === same });
  }, [queue]);
  return null;
}

function allCards(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-card]')];
}

function placeOf(element: Element): Place | null {
  const card = element.closest<HTMLElement>('[data-card]');
  return card && { id: card.id, at: allCards().indexOf(card) };
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
