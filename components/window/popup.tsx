'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A question about something on the page, in front of it; Escape leaves it. */
export function Popup({ title, onClose, children }: Props) {
  return (
    <CSPProvider disableStyleElements>
      <Dialog.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
          <Dialog.Popup className="fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] overflow-auto rounded-t-xl border border-line-2 bg-sheet p-5 shadow-float sm:top-1/2 sm:right-auto sm:bottom-auto sm:left-1/2 sm:w-[min(30rem,calc(100vw-24px))] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl">
            <Dialog.Title className="wrap-anywhere font-semibold text-lg">{title}</Dialog.Title>
            {children}
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </CSPProvider>
  );
}
