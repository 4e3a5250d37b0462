import type { TicketPreview } from '#lib/domain/ticket.ts';

interface Props {
  asking: boolean;
  preview: TicketPreview | null;
  /** The field says already what is wrong. */
  told: boolean;
  /** Takes the number that the ticket has by now. */
  onUse: (number: string) => void;
}

/** What the ticket system says of the number that is typed, below its field. */
export function TicketLook({ asking, preview, told, onUse }: Props) {
  return (
    <div className="mt-1 min-h-5 text-xs" role="status">
      {asking && <span className="text-faint">Asking the ticket system…</span>}
      {preview && !told && <Said preview={preview} />}
      {preview?.movedTo && (
        <button className="link ml-1 min-h-6" onClick={() => onUse(preview.movedTo ?? '')} type="button">
          Use {preview.movedTo}
        </button>
      )}
    </div>
  );
}

function Said({ preview }: { preview: TicketPreview }) {
  const { title, state, refusal, unreachable, system } = preview;
  if (refusal) return <span className="text-warn">{refusal}</span>;
  if (unreachable) {
    return (
      <span className="text-soft">
        {system} could not be asked: {unreachable} You may go on; the request will say so.
      </span>
    );
  }
  if (!title) return <span className="text-soft">A number of {system}.</span>;
  return (
    <span className="text-soft">
      <bdi className="font-[550] text-ink">{title}</bdi>
      {state && ` · ${state}`}
    </span>
  );
}
