import { Field } from '#components/ui/field.tsx';
import { OneOf } from '#components/ui/one-of.tsx';
import { holdingKindNames } from '#lib/domain/inventory.ts';
import { planeNames, planes } from '#lib/domain/plane.ts';
import { principalKindNames, principalKinds } from '#lib/domain/principal.ts';
import { Choices } from './choices.tsx';
import type { PlanForm } from './plan-form.ts';
import type { Faults } from './use-preview.ts';

export interface Part {
  form: PlanForm;
  type: (change: Partial<PlanForm>) => void;
  faults: Faults;
}

/** An activation ends by itself, so there is nothing to review about it. */
const holdings = ['standing', 'eligible', 'time_bound'] as const;

/** Which assignments are reviewed. */
export function AboutPart({ form, type, faults }: Part) {
  return (
    <section aria-labelledby="part-about" className="grid grid-cols-1 gap-4">
      <h2 className="font-semibold text-lg" id="part-about">
        What is reviewed
      </h2>
      <Choices
        chosen={form.planes}
        error={faults.planes}
        hint="Entra: directory roles such as Global Administrator. Azure: roles on subscriptions and what is in them. Group: membership of groups that PIM manages."
        legend="Planes"
        names={planeNames}
        onChosen={(chosen) => type({ planes: chosen })}
        options={planes}
      />
      <OneOf
        error={faults.roles}
        legend="Roles"
        onValue={(roles) => type({ roles })}
        options={[
          {
            value: 'critical',
            name: 'Every critical role',
            what: 'those that can take over a tenant or a subscription',
          },
          { value: 'every', name: 'Every role', what: 'also those that only read' },
          { value: 'named', name: 'These roles', what: 'by name, one a line' },
        ]}
        value={form.roles}
      >
        {form.roles === 'named' && (
          <textarea
            aria-label="Role names, one a line"
            className="input"
            onChange={(event) => type({ roleNames: event.target.value })}
            placeholder={'Owner\nUser Access Administrator'}
            rows={3}
            value={form.roleNames}
          />
        )}
      </OneOf>
      <Field
        error={faults.scopes}
        hint="Where: ids of subscriptions, management groups, resource groups or administrative units, one a line, each with all below it. Empty: everywhere."
        id="review-scopes"
        label="Scopes"
      >
        {(aria) => (
          <textarea
            {...aria}
            className="input font-mono text-xs"
            onChange={(event) => type({ scopes: event.target.value })}
            placeholder="/subscriptions/…"
            rows={2}
            value={form.scopes}
          />
        )}
      </Field>
      <Choices
        chosen={form.holdings}
        error={faults.holdings}
        hint="Standing: always on, without an end. Eligible: may be activated when needed. Time-bound: always on until a day. Activations are not reviewed: they end by themselves."
        legend="How it is held"
        names={holdingKindNames}
        onChosen={(chosen) => type({ holdings: chosen })}
        options={holdings}
      />
      <Choices
        chosen={form.principalKinds}
        error={faults.principalKinds}
        hint="Who holds it. Guests come from another organisation; service principals, managed identities and agents are programs; unknown ones were deleted, and only their assignment is left."
        legend="Held by"
        names={principalKindNames}
        onChosen={(chosen) => type({ principalKinds: chosen })}
        options={principalKinds}
      />
      <OneOf
        error={faults.only}
        legend="How much of that"
        onValue={(only) => type({ only })}
        options={[
          { value: 'all', name: 'All of it', what: '' },
          { value: 'stale', name: 'Only what nobody used lately', what: 'as far back as use is known' },
          { value: 'risky', name: 'Only what posture found something about', what: 'open findings' },
        ]}
        value={form.only}
      />
    </section>
  );
}
