'use client';

import { useState } from 'react';

/** A command to run by hand, as it is, and a button that copies it. */
export function CommandLines({ command }: { command: string }) {
  const [said, setSaid] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(command).then(
      () => setSaid('Copied'),
      () => setSaid('Copy it by hand'),
    );
  return (
    <details>
      <summary className="w-fit py-1 text-sm">By hand: the command</summary>
      <pre className="whitespace-pre-wrap break-all rounded-md border border-line bg-wash px-2.5 py-2 text-xs">
        {command}
      </pre>
      <p className="mt-1 flex items-center gap-2">
        <button className="btn btn-small" onClick={copy} type="button">
          Copy the command
        </button>
        <span aria-live="polite" className="text-faint text-xs">
          {said}
        </span>
      </p>
    </details>
  );
}
