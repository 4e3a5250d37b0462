import { useId, useState } from 'react';

interface Props {
  zone: string;
  onZone: (zone: string) => void;
}

/** Whose wall the times are on: said always, changed by who plans for elsewhere. */
export function ZoneField({ zone, onZone }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <p>
        Times are {zone}.{' '}
        <button className="link inline-flex min-h-6 items-center" onClick={() => setOpen(true)} type="button">
          Another time zone
        </button>
      </p>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label htmlFor={id}>Time zone</label>
      <select className="input w-auto" id={id} onChange={(event) => onZone(event.target.value)} value={zone}>
        {zonesWith(zone).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </div>
  );
}

/** Every zone this browser knows, with the one that is chosen though it may go by another name here. */
function zonesWith(zone: string): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), zone])].toSorted();
}
