import { TicketCheckbox as CheckLine } from '#components/settings/ticket-checkbox.tsx';
import { Field } from '#components/ui/field.tsx';
import { OneOf } from '#components/ui/one-of.tsx';
import type { ApprovalRule, RuleOutcome } from '#lib/domain/approval-policy.ts';
import { ConditionFields } from './condition-fields.tsx';
import type { FaultAt } from './faults.ts';
import { freshStage, freshStages } from './fresh.ts';
import { LengthField } from './length-field.tsx';
import { StageFields } from './stage-fields.tsx';
import type { Find } from './verbs.ts';

interface Props {
  rule: ApprovalRule;
  fault: FaultAt;
  find: Find;
  onRule: (rule: ApprovalRule) => void;
}

const outcomes = [
  { value: 'stages', name: 'People sign', what: 'in stages, one after the other' },
  {
    value: 'automatic',
    name: 'Nobody is asked',
    what: 'the same record is left; only for what is short, and of critical roles those it names, on call or for a change',
  },
] as const;

/** A rule: what it is about, and who signs then. */
export function RuleForm({ rule, fault, find, onRule }: Props) {
  const id = `rule-${rule.id}`;
  const become = (then: RuleOutcome) => onRule({ ...rule, then });
  const { then } = rule;
  return (
    <div className="grid grid-cols-1 gap-5">
      <Field error={fault('name')} id={`${id}-name`} label="Name">
        {(aria) => (
          <input
            {...aria}
            className="input"
            maxLength={80}
            onChange={(event) => onRule({ ...rule, name: event.target.value })}
            value={rule.name}
          />
        )}
      </Field>
      <section aria-label="What it is about" className="grid grid-cols-1 gap-2">
        <h4 className="font-semibold text-sm text-soft">It is about</h4>
        <ConditionFields
          fault={(field) => fault(`when.${field}`)}
          find={find}
          id={id}
          onWhen={(when) => onRule({ ...rule, when })}
          when={rule.when}
        />
      </section>
      <section aria-label="What happens then" className="grid grid-cols-1 gap-3">
        <h4 className="font-semibold text-sm text-soft">Then</h4>
        <OneOf
          legend="Who decides"
          onValue={(is) => become(is === 'automatic' ? { is } : freshStages())}
          options={outcomes}
          value={then.is}
        />
        {then.is === 'stages' && (
          <>
            {then.stages.map((stage, n) => (
              <StageFields
                fault={(field) => fault(`stages.${n}.${field}`)}
                find={find}
                id={`${id}-stage-${n}`}
                // biome-ignore lint/suspicious/noArrayIndexKey: a stage is known by its place.
                key={n}
                number={n + 1}
                onRemove={() => become({ ...then, stages: then.stages.toSpliced(n, 1) })}
                onStage={(changed) => become({ ...then, stages: then.stages.with(n, changed) })}
                stage={stage}
              />
            ))}
            <div>
              <button
                className="btn btn-small"
                onClick={() => become({ ...then, stages: [...then.stages, freshStage()] })}
                type="button"
              >
                Add a stage
              </button>
              {fault('stages') && <p className="text-sm text-warn">{fault('stages')}</p>}
            </div>
            <div className="grid grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-3">
              <LengthField
                error={fault('lapseMinutes')}
                hint="unsigned for so long, it lapses"
                id={`${id}-lapse`}
                label="Lapses after"
                minutes={then.lapseMinutes}
                onMinutes={(minutes) => become({ ...then, lapseMinutes: minutes ?? 0 })}
              />
              <LengthField
                error={fault('useByMinutes')}
                hint="an approval is used within this, or lapses too"
                id={`${id}-use-by`}
                label="To be started within"
                minutes={then.useByMinutes}
                onMinutes={(minutes) => become({ ...then, useByMinutes: minutes ?? 0 })}
              />
            </div>
            <CheckLine
              checked={then.bulk}
              label="May be signed in bulk"
              onChecked={(bulk) => become({ ...then, bulk })}
              what="together with others, for one reason"
            />
          </>
        )}
      </section>
    </div>
  );
}
