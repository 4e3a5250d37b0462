'use client';

import { say } from '#components/ui/toast-store.ts';

/** Puts a link to this place of Stint on the clipboard; where that is not allowed, says it. */
export function CopyLink({ path, name }: { path: string; name: string }) {
  const copy = async () => {
    const link = `${location.origin}${path}`;
    const copied = await navigator.clipboard.writeText(link).then(
      () => true,
      () => false,
    );
    say(copied ? 'Link copied. It opens the form, and asks for nothing by itself.' : link);
  };
  return (
    <button className="btn btn-small" onClick={copy} type="button">
      Copy link<span className="sr-only"> to {name}</span>
    </button>
  );
}
