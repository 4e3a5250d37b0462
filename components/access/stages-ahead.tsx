import { useEffect, useState } from 'react';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { type Foreseen, useOwnStages } from './own-stages.tsx';
import { startOf } from './timing.ts';
import type { Activation } from './use-activation.ts';

const pauseMs = 400;
const namesShown = 3;

/** Before it is sent: which stages will be asked, and whom; or that it is frozen. */
export function StagesAhead({ activation }: { activation: Activation }) {
  const { isAny, preview } = useOwnStages();
  const [foreseen, setForeseen] = useState<Foreseen[]>([]);
  const { chosen, form, minutesOf, own } = activation;
  const roles = chosen.flatMap((role) => {
    const minutes = minutesOf(role);
    return minutes ? { key: role.key, minutes, narrowerScopeId: own[role.key]?.narrower?.id } : [];
  });
  const startsAt = startOf(form)?.toISOString() ?? null;
  const asked = JSON.stringify({ roles, startsAt, ticketNumber: form.ticketNumber.trim() });
  useEffect(() => {
    if (!isAny) return;
    let late = false;
    const timer = setTimeout(() => {
      preview(JSON.parse(asked))
        .then((answer) => !late && setForeseen(answer.ok ? answer.value : []))
        .catch(() => !late && setForeseen([]));
    }, pauseMs);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [asked, isAny, preview]);
  const shown = foreseen.flatMap((one) => {
    const role = chosen.find(({ key }) => key === one.key);
    return role ? { ...one, role } : [];
  });
  return (
    <div
      className={shown.length > 0 ? 'grid gap-1.5 rounded-md bg-wash px-2.5 py-2 text-sm' : 'sr-only'}
      role="status"
    >
      {shown.map((one) => (
        <div key={one.key}>
          <p className={one.is === 'frozen' ? 'text-warn' : ''}>
            {chosen.length > 1 && <b className="font-[550]">{roleAtScopeName(one.role)}: </b>}
            {words(one)}
          </p>
          {one.is === 'stages' && <p className="text-faint text-xs">{one.sentence}</p>}
        </div>
      ))}
    </div>
  );
}

function words({ is, name, stages }: Foreseen): string {
  if (is === 'frozen') return `Frozen: “${name}”. It would be refused.`;
  if (is === 'automatic') return `Nobody is asked in Stint, by the rule “${name}”.`;
  const asks = stages.map(({ signatures, approvers }) => {
    if (approvers.length < signatures) return `${signatures} of ${approvers.length}, who are too few now`;
    const more = approvers.length - namesShown;
    const names = `${approvers.slice(0, namesShown).join(', ')}${more > 0 ? ` +${more}` : ''}`;
    return `${signatures} of ${approvers.length}: ${names}`;
  });
  return `Waits in Stint first. Asks ${asks.join('; then ')}.`;
}
