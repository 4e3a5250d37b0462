interface Props {
  secret: string;
  done: string;
  onDone: () => void;
}

/** A secret, shown this once: who leaves it has to make a new one. */
export function SecretOnce({ secret, done, onDone }: Props) {
  return (
    <div className="panel grid max-w-2xl gap-3 px-4 py-3.5 text-sm" role="status">
      <p>
        <span className="font-[550]">Its secret.</span> Give it to the other program now: Stint does not show
        it again.
      </p>
      <code className="select-all break-all rounded-md bg-wash px-2.5 py-2">{secret}</code>
      <div className="flex flex-wrap gap-2">
        <button
          className="btn btn-small"
          onClick={() => void navigator.clipboard.writeText(secret)}
          type="button"
        >
          Copy
        </button>
        <button className="btn btn-small btn-go" onClick={onDone} type="button">
          {done}
        </button>
      </div>
    </div>
  );
}
