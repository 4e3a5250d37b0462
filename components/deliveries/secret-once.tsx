'use client';

import { useState } from 'react';

interface Props {
  secret: string;
  done: string;
  onDone: () => void;
}

/** A secret, shown this once: who leaves it has to make a new one. */
export function SecretOnce({ secret, done, onDone }: Props) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div className="panel grid max-w-2xl gap-3 px-4 py-3.5 text-sm" role="status">
      <p>
        <span className="font-[550]">Its secret.</span> Give it to the other program now: Stint does not show
        it again.
      </p>
      <code className="select-all break-all rounded-md bg-wash px-2.5 py-2">{secret}</code>
      <div className="flex flex-wrap gap-2">
        <button className="btn btn-small" onClick={() => void copy()} type="button">
          {copied ? 'Copied' : 'Copy'}
        </button>
        <button className="btn btn-small btn-go" onClick={onDone} type="button">
          {done}
        </button>
      </div>
      {copied === false && (
        <p className="text-warn">The browser did not let Stint copy. Select it by hand.</p>
      )}
    </div>
  );
}
