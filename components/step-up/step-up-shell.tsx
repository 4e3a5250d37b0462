import { CSPProvider } from '@base-ui/react/csp-provider';
import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** Why it is asked for, and how it stands. */
  children: ReactNode;
  /** Before “Later”. */
  actions: ReactNode;
  /** What putting it off is called. */
  later?: string;
  onClose: () => void;
}

/** The one dialog for every stronger sign-in: what is asked for and why, the way on, and the way to put it off. */
export function StepUpShell({ title, children, actions, later = 'Later', onClose }: Props) {
  return (
    <CSPProvider disableStyleElements>
      <Dialog.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
          <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[min(28rem,calc(100vw-24px))] -translate-x-1/2 -translate-y-1/2 overflow-auto rounded-xl border border-line-2 bg-sheet p-5 shadow-float">
            <Dialog.Title className="font-semibold text-lg">{title}</Dialog.Title>
            <Dialog.Description className="mt-2 space-y-2 text-soft" render={<div />}>
              {children}
            </Dialog.Description>
            <div className="mt-4 flex flex-wrap items-center gap-2.5">
              {actions}
              <Dialog.Close className="btn">{later}</Dialog.Close>
            </div>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </CSPProvider>
  );
}
