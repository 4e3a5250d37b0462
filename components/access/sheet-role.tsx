import { X } from 'lucide-react';
import { choiceName, roleTitle, scopeWords } from '#components/roles/role-words.ts';
import { orList } from '#components/ui/or-list.ts';
import { Usually } from '#components/usable/usually.tsx';
import { lockWords } from '#components/window/lock-words.ts';
import { unknownPolicy } from '#lib/domain/policy.ts';
import { inWords } from '#lib/domain/time.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';
import { NarrowerPlace } from './narrower-place.tsx';
import { useOwnStages } from './own-stages.tsx';
import type { Activation } from './use-activation.ts';

interface Props {
  role: EligibleRow;
  activation: Activation;
  /** Many are chosen: the worst dangers only, so that the form stays near. */
  brief: boolean;
}

const dangersInBrief = 2;

/** One chosen role in the sheet: its own length, who decides, what it can do, why it was refused. */
export function SheetRole({ role, activation, brief }: Props) {
  const refusal = activation.refusals.roles[role.key];
  const isStaged = useOwnStages().held[role.key] !== undefined;
  const { main, aside } = roleTitle(role);
  const { plane, name } = scopeWords(role);
  return (
    <li className="rounded-md bg-wash px-2.5 py-1.5">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <div className="flex justify-between gap-x-3">
            <span className="min-w-0 font-[550]">
              <bdi>{main}</bdi> {aside && <span className="font-normal text-faint text-sm">{aside}</span>}
            </span>
            <span className="shrink-0 text-sm">{lengthWords(role, activation)}</span>
          </div>
          <p className="text-soft text-xs">
            {plane}
            {name && ` · ${name}`} · {deciders(role, isStaged)}
          </p>
          <Usually speed={role.speed} />
          {role.locks.length > 0 && <p className="text-warn text-xs">{lockWords(role.locks)}</p>}
          {role.dangers.length > 0 && <p className="text-risk text-xs">{dangerWords(role, brief)}</p>}
        </div>
        <button
          aria-label={`Leave out ${choiceName(role)}`}
          className="grid size-6 shrink-0 place-items-center rounded-md text-soft hover:bg-sheet"
          onClick={() => activation.toggle(role.key)}
          type="button"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      </div>
      {role.plane === 'azure' && role.scopeKind !== 'resource' && (
        <NarrowerPlace activation={activation} role={role} />
      )}
      {refusal && (
        <p className="mt-1 text-sm text-warn" role="alert">
          Not asked for: {refusal}
        </p>
      )}
    </li>
  );
}

function dangerWords({ dangers }: EligibleRow, brief: boolean): string {
  const told = brief ? dangers.slice(0, dangersInBrief) : dangers;
  const more = dangers.length - told.length;
  return `${told.map(({ what }) => what).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function lengthWords(role: EligibleRow, { minutes, minutesOf, own }: Activation): string {
  const length = minutesOf(role);
  if (length === null) return '';
  const longest = (role.policy ?? unknownPolicy).maximumMinutes;
  const isCapped = !own[role.key]?.duration && minutes !== null && length < minutes && length === longest;
  return isCapped ? `${inWords(length)}, its longest` : inWords(length);
}

function deciders({ policy }: EligibleRow, isStaged: boolean): string {
  const { approval, approvers } = policy ?? unknownPolicy;
  if (!policy) return 'PIM decides';
  if (!approval) return isStaged ? 'no approval in PIM' : 'no approval';
  return approvers.length === 0
    ? 'waits for PIM’s administrators'
    : `waits for ${orList(approvers.map(({ name }) => name))}`;
}
