import { X } from 'lucide-react';
import type { Named } from '#lib/domain/approval-policy.ts';

interface Props {
  label: string;
  /** `isPlain`: there is no id behind it. */
  chosen: readonly (Named & { isPlain?: boolean })[];
  onRemove: (id: string) => void;
}

/** What a rule names: the name for the eye, the id that counts. */
export function NamedList({ label, chosen, onRemove }: Props) {
  if (chosen.length === 0) return null;
  return (
    <ul aria-label={label} className="flex flex-wrap gap-1.5">
      {chosen.map(({ id, name, isPlain = false }) => (
        <li
          className="flex min-w-0 items-center gap-1 rounded-md border border-line-2 bg-sheet py-0.5 pr-0.5 pl-2 text-sm"
          key={id}
        >
          <span className="wrap-anywhere min-w-0">
            {name} {!isPlain && <span className="block text-faint text-xs">{id}</span>}
          </span>
          <button className="btn btn-quiet btn-small shrink-0" onClick={() => onRemove(id)} type="button">
            <X aria-hidden="true" className="size-3.5" />
            <span className="sr-only">Leave out {name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
