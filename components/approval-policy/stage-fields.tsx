import { TicketCheckbox as CheckLine } from '#components/settings/ticket-checkbox.tsx';
import { Field } from '#components/ui/field.tsx';
import type { Stage } from '#lib/domain/approval-policy.ts';
import type { FaultAt } from './faults.ts';
import { LengthField } from './length-field.tsx';
import { NamedField } from './named-field.tsx';
import { SetsField } from './sets-field.tsx';
import type { Find } from './verbs.ts';

interface Props {
  id: string;
  number: number;
  stage: Stage;
  fault: FaultAt;
  find: Find;
  onStage: (stage: Stage) => void;
  onRemove: () => void;
}

/** One decision: who signs, how many, and what happens when nobody does. */
export function StageFields({ id, number, stage, fault, find, onStage, onRemove }: Props) {
  const type = (change: Partial<Stage>) => onStage({ ...stage, ...change });
  const { escalation } = stage;
  const begun = { afterMinutes: 120, approvers: [] };
  return (
    <fieldset className="panel grid grid-cols-1 gap-4 px-3.5 py-3">
      <legend className="sr-only">Stage {number}</legend>
      <div className="flex items-end justify-between gap-3">
        <p aria-hidden="true" className="font-semibold text-sm">
          Stage {number}
        </p>
        <button className="btn btn-small" onClick={onRemove} type="button">
          Remove<span className="sr-only"> stage {number}</span>
        </button>
      </div>
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_8rem]">
        <Field error={fault('name')} hint="as approvers read it" id={`${id}-name`} label="Name">
          {(aria) => (
            <input
              {...aria}
              className="input"
              maxLength={80}
              onChange={(event) => type({ name: event.target.value })}
              value={stage.name}
            />
          )}
        </Field>
        <Field error={fault('signatures')} id={`${id}-signatures`} label="Signatures">
          {(aria) => (
            <input
              {...aria}
              className="input"
              max={10}
              min={1}
              onChange={(event) => type({ signatures: event.target.valueAsNumber || 0 })}
              type="number"
              value={stage.signatures}
            />
          )}
        </Field>
      </div>
      <SetsField
        error={fault('approvers')}
        find={find}
        id={`${id}-approvers`}
        label="Who signs"
        onSets={(approvers) => type({ approvers })}
        sets={stage.approvers}
      />
      <NamedField
        chosen={stage.excluded}
        error={fault('excluded')}
        find={find}
        hint="people and groups that never sign this, whatever makes them one; the requester never does"
        id={`${id}-excluded`}
        kind="anybody"
        label="Never"
        onChosen={(excluded) => type({ excluded })}
      />
      <LengthField
        error={fault('remindAfterMinutes')}
        hint="empty: nobody is reminded"
        id={`${id}-remind`}
        label="Remind them after"
        minutes={stage.remindAfterMinutes}
        onMinutes={(remindAfterMinutes) => type({ remindAfterMinutes })}
      />
      <CheckLine
        checked={escalation !== null}
        label="Ask others as well when it waits"
        onChecked={(on) => type({ escalation: on ? begun : null })}
        what="at once where too few of the first can; those may still sign"
      />
      {escalation && (
        <div className="grid grid-cols-1 gap-3 border-line border-l-2 pl-3">
          <LengthField
            error={fault('escalation.afterMinutes')}
            id={`${id}-escalates`}
            label="After"
            minutes={escalation.afterMinutes}
            onMinutes={(minutes) => type({ escalation: { ...escalation, afterMinutes: minutes ?? 0 } })}
          />
          <SetsField
            error={fault('escalation.approvers')}
            find={find}
            id={`${id}-others`}
            label="Who then may sign as well"
            onSets={(approvers) => type({ escalation: { ...escalation, approvers } })}
            sets={escalation.approvers}
          />
        </div>
      )}
    </fieldset>
  );
}
