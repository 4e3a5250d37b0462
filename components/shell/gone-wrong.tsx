'use client';

interface Props {
  digest: string | undefined;
  again: () => void;
}

/** What we did not foresee: no message of the machine, only a number to find it by. */
export function GoneWrong({ digest, again }: Props) {
  return (
    <>
      <p>
        This is our fault, not yours. What was already sent is kept: look under Requests before sending it
        again.
      </p>
      <p className="mt-3 flex flex-wrap gap-2">
        <button className="btn btn-go" onClick={again} type="button">
          Try again
        </button>
        <a className="btn" href="/requests">
          Requests
        </a>
      </p>
      {digest && (
        <p className="mt-3 text-faint text-xs">
          For whoever looks into it: <code>{digest}</code>
        </p>
      )}
    </>
  );
}
