import { X } from 'lucide-react';
import { RoleName } from '#components/roles/role-name.tsx';
import { choiceName } from '#components/roles/role-words.ts';
import type { NamedRole } from '#lib/queries/rows.ts';

export interface EditedRole extends NamedRole {
  /** As typed; empty: what the person usually takes. */
  duration: string;
}

/** The roles of a bundle, each with its own length. */
export function BundleRoles({
  roles,
  onChange,
}: {
  roles: EditedRole[];
  onChange: (roles: EditedRole[]) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1 font-[550] text-sm">Roles</legend>
      {roles.length === 0 && <p className="text-soft text-sm">None yet: find the first one below.</p>}
      <ul className="grid grid-cols-1 gap-1.5">
        {roles.map((role) => (
          <li className="panel flex items-center gap-3 px-3 py-2" key={role.key}>
            <div className="min-w-0 flex-1">
              <RoleName role={role} />
            </div>
            <input
              aria-label={`Length of ${choiceName(role)}`}
              autoComplete="off"
              className="input w-24 shrink-0"
              onChange={(event) =>
                onChange(
                  roles.map((one) => (one.key === role.key ? { ...one, duration: event.target.value } : one)),
                )
              }
              placeholder="as usual"
              value={role.duration}
            />
            <button
              aria-label={`Take out ${choiceName(role)}`}
              className="grid size-7 shrink-0 place-items-center rounded-md text-soft hover:bg-wash"
              onClick={() => onChange(roles.filter(({ key }) => key !== role.key))}
              type="button"
            >
              <X aria-hidden="true" className="size-4" />
            </button>
          </li>
        ))}
      </ul>
      <p className="mt-1 text-faint text-xs">
        An empty length is what each person usually takes, never above the role’s rules. A group comes before
        what it gives, whatever the order here.
      </p>
    </fieldset>
  );
}
