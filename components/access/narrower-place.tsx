import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { roleAtScopeName } from '#components/roles/role-words.ts';
import { isRefusedBelow } from '#lib/domain/narrower.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';
import type { Activation } from './use-activation.ts';
import { policyAt } from './use-places.ts';

const PlacePicker = dynamic(() => import('./place-picker.tsx').then((file) => file.PlacePicker), {
  ssr: false,
});

/** Where below its scope a role is asked for: all of it, unless somewhere narrower is chosen. */
export function NarrowerPlace({ activation, role }: { activation: Activation; role: EligibleRow }) {
  const [open, setOpen] = useState(false);
  const place = activation.own[role.key]?.narrower ?? null;
  const about = roleAtScopeName(role);
  const { choose, timing } = activation;
  const placeId = place?.id;
  const toggle = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    // Where the person was before the list.
    toggle.current?.focus();
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each place that is chosen, not for each render.
  useEffect(() => {
    if (!placeId) return;
    // Other rules may hold there: the form asks for what both want, once they are known.
    void policyAt(timing.openPlace, role.key, placeId).then((policy) => {
      if (policy) choose(role.key, { rulesAt: { id: placeId, policy } });
    });
  }, [placeId]);

  return (
    <div className="mt-1 text-xs">
      {place ? (
        <p>
          Only for <bdi className="font-[550]">{place.name}</bdi>{' '}
          <span className="text-soft">of {role.scopeName}</span>{' '}
          <button
            className="link inline-flex min-h-6 items-center"
            onClick={() => activation.choose(role.key, { narrower: null })}
            type="button"
          >
            all of it<span className="sr-only">: {about}</span>
          </button>
        </p>
      ) : null}
      <button
        aria-expanded={open}
        className="link inline-flex min-h-6 items-center"
        onClick={() => setOpen(!open)}
        ref={toggle}
        type="button"
      >
        {open ? 'Close the list' : place ? 'Somewhere else' : `Only a part of ${role.scopeName}…`}
        <span className="sr-only"> {about}</span>
      </button>
      {place && isRefusedBelow(role.scopeId, place.id) && (
        <p className="text-warn">
          You are eligible at a management group. Azure was seen to refuse that inside a subscription; the
          subscription itself works.
        </p>
      )}
      {open && <PlacePicker activation={activation} onDone={close} role={role} />}
    </div>
  );
}
