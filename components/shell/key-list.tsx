'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import { keysAreOn, switchKeys } from './typing.ts';

const keys: [keys: string[], what: string][] = [
  [['g', 'a'], 'Go to Access'],
  [['g', 'r'], 'Go to Requests'],
  [['g', 'p'], 'Go to Approvals'],
  [['g', 'v'], 'Go to Reviews'],
  [['g', 'h'], 'Go to History'],
  [['Ctrl', 'K'], 'Find anything and do it (⌘ K on a Mac)'],
  [['/'], 'Find a role (on Access)'],
  [['j'], 'Next request (on Approvals) or item (in a review)'],
  [['k'], 'Previous request or item'],
  [['a'], 'To the Approve or Keep button of it'],
  [['d'], 'To its reason, before Deny or Remove'],
  [['x'], 'Select it, to decide several at once'],
  [['o'], 'Open the request (on Approvals)'],
  [['?'], 'This list'],
];

/** The keys Stint listens to, and the switch that turns them off. */
export function KeyList({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useState(keysAreOn);
  return (
    <CSPProvider disableStyleElements>
      <Dialog.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
          <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[min(26rem,calc(100vw-24px))] -translate-x-1/2 -translate-y-1/2 overflow-auto rounded-xl border border-line-2 bg-sheet p-5 shadow-float">
            <Dialog.Title className="text-lg font-semibold">Keys</Dialog.Title>
            <dl className="mt-3 grid grid-cols-[4.5rem_1fr] gap-y-1.5">
              {keys.map(([pressed, what]) => (
                <div className="contents" key={what}>
                  <dt className="flex gap-1">
                    {pressed.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
            <label className="mt-4 flex items-center gap-1.5">
              <input
                checked={on}
                className="check"
                onChange={(event) => {
                  switchKeys(event.target.checked);
                  setOn(event.target.checked);
                }}
                type="checkbox"
              />
              Listen to these keys
            </label>
            <Dialog.Close className="btn mt-4">Close</Dialog.Close>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </CSPProvider>
  );
}
