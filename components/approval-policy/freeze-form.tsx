import { Field } from '#components/ui/field.tsx';
import type { Freeze } from '#lib/domain/approval-policy.ts';
import { fieldOfMoment, momentOfField } from '#lib/domain/wall-time.ts';
import { ConditionFields } from './condition-fields.tsx';
import type { FaultAt } from './faults.ts';
import { NamedField } from './named-field.tsx';
import type { Find } from './verbs.ts';

interface Props {
  freeze: Freeze;
  fault: FaultAt;
  find: Find;
  onFreeze: (freeze: Freeze) => void;
}

/** A time in which nobody activates what it is about. */
export function FreezeForm({ freeze, fault, find, onFreeze }: Props) {
  const id = `freeze-${freeze.id}`;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className="grid grid-cols-1 gap-5">
      <Field error={fault('name')} id={`${id}-name`} label="Name">
        {(aria) => (
          <input
            {...aria}
            className="input"
            maxLength={80}
            onChange={(event) => onFreeze({ ...freeze, name: event.target.value })}
            value={freeze.name}
          />
        )}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        {(['from', 'until'] as const).map((end) => (
          <Field
            error={fault(end)}
            hint={`on the wall of ${zone}`}
            id={`${id}-${end}`}
            key={end}
            label={end === 'from' ? 'From' : 'Until'}
          >
            {(aria) => (
              <input
                {...aria}
                className="input min-w-0"
                defaultValue={fieldOfMoment(new Date(freeze[end]), zone)}
                onChange={(event) => {
                  const moment = momentOfField(event.target.value, zone);
                  if (moment) onFreeze({ ...freeze, [end]: moment.toISOString() });
                }}
                type="datetime-local"
              />
            )}
          </Field>
        ))}
      </div>
      <NamedField
        chosen={freeze.except}
        error={fault('except')}
        find={find}
        hint="people and groups that may activate all the same"
        id={`${id}-except`}
        kind="anybody"
        label="Except"
        onChosen={(except) => onFreeze({ ...freeze, except })}
      />
      <section aria-label="What is frozen" className="grid grid-cols-1 gap-2">
        <h4 className="font-semibold text-sm text-soft">It is about</h4>
        <ConditionFields
          fault={(field) => fault(`when.${field}`)}
          find={find}
          id={id}
          onWhen={(when) => onFreeze({ ...freeze, when })}
          when={freeze.when}
        />
      </section>
    </div>
  );
}
