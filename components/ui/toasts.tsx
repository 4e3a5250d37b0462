'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { currentToasts, dismiss, subscribeToasts, type Toast } from './toast-store.ts';

const none: readonly Toast[] = [];
const staysMilliseconds = 8000;

/** The place where toasts appear. The region is always there, so what enters it is read out politely. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts, () => none);
  return (
    <div
      className="pointer-events-none fixed inset-x-3 top-28 z-40 grid justify-items-center gap-2 md:inset-x-auto md:top-auto md:bottom-4 md:left-56 md:justify-items-start"
      role="status"
    >
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastLine({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(toast.id), toast.staysMilliseconds ?? staysMilliseconds);
    return () => clearTimeout(timer);
  }, [held, toast.id, toast.staysMilliseconds]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only stops the timer; every reader has the button.
    <div
      className="pointer-events-auto flex max-w-md items-start gap-2 rounded-lg border border-line-2 bg-sheet py-2 pr-2 pl-3.5 shadow-float"
      onBlur={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <span className="py-0.5">{toast.text}</span>
      {toast.link && (
        <Link
          aria-label={toast.link.name}
          className="btn btn-small"
          href={toast.link.href}
          onClick={() => dismiss(toast.id)}
          prefetch={false}
        >
          {toast.link.text}
        </Link>
      )}
      <button
        aria-label="Dismiss"
        className="grid size-6 shrink-0 place-items-center rounded-md text-soft hover:bg-wash"
        onClick={() => dismiss(toast.id)}
        type="button"
      >
        <X aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}
