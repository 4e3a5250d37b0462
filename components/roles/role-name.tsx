import type { RoleNames } from '#lib/domain/assignment.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { roleTitle, scopeWords } from './role-words.ts';

interface Props {
  role: RoleNames & { plane: Plane };
  /** More on the second line. */
  note?: string | null;
}

/** A role at its scope in two lines, the way every list shows it. */
export function RoleName({ role, note = null }: Props) {
  const { main, aside } = roleTitle(role);
  const { plane, name, kind } = scopeWords(role);
  return (
    <div className="min-w-0">
      <div className="font-[550]">
        <bdi>{main}</bdi>
        {aside && <span className="font-normal text-faint text-sm"> {aside}</span>}
      </div>
      <div className="text-sm text-soft">
        {plane}
        {name && (
          <>
            {' · '}
            <bdi className="font-medium text-ink">{name}</bdi>
          </>
        )}
        {kind && ` (${kind})`}
        {note && ` · ${note}`}
      </div>
    </div>
  );
}
