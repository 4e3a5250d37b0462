'use client';

import { useState } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import { Field } from '#components/ui/field.tsx';
import type { Switch } from './applier-switches.tsx';

/** One Azure scope more: the subscription one begins with. */
export function ScopeSwitch({ act }: { act: Switch }) {
  const [scope, setScope] = useState('');
  const { no, pending, press } = useAction(async () => {
    const answer = await act({ on: true, plane: 'azure', scope });
    if (answer.ok) setScope('');
    return answer;
  });
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        press();
      }}
    >
      <Field
        hint="Such as /subscriptions/… : it and everything in it. Of a management group, too, what the last reading of the tenant saw below it."
        id="applier-scope"
        label="One Azure scope"
      >
        {(aria) => (
          <div className="flex flex-wrap gap-2">
            <input
              {...aria}
              autoComplete="off"
              className="input min-w-0 grow basis-60"
              maxLength={1000}
              onChange={(event) => setScope(event.target.value)}
              required
              value={scope}
            />
            <button aria-disabled={pending} className="btn" type="submit">
              Switch on
            </button>
          </div>
        )}
      </Field>
      <NoNote no={no} />
    </form>
  );
}
