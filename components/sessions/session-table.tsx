import { Ago } from '#components/ui/ago.tsx';
import { Chip } from '#components/ui/chip.tsx';
import { When } from '#components/ui/when.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import { EndSession } from './end-session.tsx';

interface Row {
  id: string;
  name: string;
  upn: string;
  device: string;
  createdAt: Date;
  lastSeenAt: Date;
}

interface Props {
  label: string;
  rows: Row[];
  /** The session that looks at the list. */
  here: string;
  now: Date;
  /** Says whose each is. */
  named?: boolean;
  end: (id: string) => Promise<Outcome<null>>;
}

/** Signed-in browsers, each with its end. */
export function SessionTable({ label, rows, here, now, named = false, end }: Props) {
  return (
    <div className="panel">
      <table aria-label={label} className="list-table">
        <thead className="sr-only">
          <tr>
            <th scope="col">Browser</th>
            <th scope="col">End</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                {named && (
                  <p>
                    {row.name} <span className="text-faint text-xs">{row.upn}</span>
                  </p>
                )}
                <p className={named ? 'text-soft text-sm' : ''}>
                  {row.device} {row.id === here && <Chip tone="live">this one</Chip>}
                </p>
                <p className="text-faint text-xs">
                  signed in <When at={row.createdAt} /> ·{' '}
                  <span className="whitespace-nowrap">
                    last seen <Ago at={row.lastSeenAt} now={now} />
                  </span>
                </p>
              </td>
              <td className="w-[112px] text-right sm:w-[176px]">
                {row.id !== here && (
                  <EndSession
                    id={row.id}
                    name={named ? `${row.name}, ${row.device}` : row.device}
                    end={end}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
