/** A list as it is filtered, as CSV and as JSON lines. */
export function DownloadLinks({ from, query }: { from: string; query: URLSearchParams }) {
  const to = (format: string) => `${from}?${new URLSearchParams([...query, ['format', format]])}`;
  return (
    <span className="flex flex-wrap gap-2 sm:ml-auto">
      <a className="btn btn-small" download href={to('csv')}>
        Export CSV
      </a>
      <a className="btn btn-small" download href={to('jsonl')}>
        Export JSON lines
      </a>
    </span>
  );
}
