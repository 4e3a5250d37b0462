import { Choices } from '#components/reviews/choices.tsx';
import { TicketCheckbox as CheckLine } from '#components/settings/ticket-checkbox.tsx';
import type { Conditions } from '#lib/domain/approval-policy.ts';
import { planeNames, planes } from '#lib/domain/plane.ts';
import type { FaultAt } from './faults.ts';
import { HoursFields } from './hours-fields.tsx';
import { KnownSearch } from './known-search.tsx';
import { LengthField } from './length-field.tsx';
import { NamedField } from './named-field.tsx';
import { NamedList } from './named-list.tsx';
import type { Find } from './verbs.ts';

interface Props {
  id: string;
  when: Conditions;
  fault: FaultAt;
  find: Find;
  onWhen: (when: Conditions) => void;
}

/** What an ask has to be. What is left empty asks nothing; of all the rest every line has to hold. */
export function ConditionFields({ id, when, fault, find, onWhen }: Props) {
  const type = (change: Partial<Conditions>) => onWhen({ ...when, ...change });
  return (
    <div className="grid grid-cols-1 gap-4">
      <Choices
        chosen={when.planes}
        hint="none: every kind"
        legend="Kinds of roles"
        names={planeNames}
        onChosen={(chosen) => type({ planes: chosen })}
        options={planes}
      />
      <CheckLine
        checked={when.critical}
        label="Critical roles only"
        onChecked={(critical) => type({ critical })}
        what="Microsoft’s mark, dangerous actions, groups, and whatever was never read"
      />
      <div className="grid grid-cols-1 gap-1.5">
        <KnownSearch
          error={fault('roles')}
          find={find}
          hint="none: every role"
          id={`${id}-roles`}
          kind="role"
          label="Roles"
          onAdd={({ id: role, name, plane }) =>
            plane &&
            type({ roles: [...when.roles.filter((one) => one.id !== role), { id: role, name, plane }] })
          }
        />
        <NamedList
          chosen={when.roles}
          label="Chosen: Roles"
          onRemove={(role) => type({ roles: when.roles.filter((one) => one.id !== role) })}
        />
      </div>
      <NamedField
        chosen={when.scopes}
        error={fault('scopes')}
        find={find}
        hint="there or below; none: everywhere. What is asked for above reaches in, and has these stages and freezes, too"
        id={`${id}-scopes`}
        kind="scope"
        label="Scopes"
        onChosen={(scopes) => type({ scopes })}
      />
      <NamedField
        chosen={when.groups}
        error={fault('groups')}
        find={find}
        hint="who asks is in one of them, directly or not; none: everybody"
        id={`${id}-groups`}
        kind="group"
        label="Groups of the requester"
        onChosen={(groups) => type({ groups })}
      />
      <CheckLine
        checked={when.guests}
        label="Guests only"
        onChecked={(guests) => type({ guests })}
        what="people from another tenant"
      />
      <div className="grid grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-3">
        <LengthField
          error={fault('longerThanMinutes')}
          hint="empty: any length"
          id={`${id}-longer`}
          label="Longer than"
          minutes={when.longerThanMinutes}
          onMinutes={(longerThanMinutes) => type({ longerThanMinutes })}
        />
        <LengthField
          error={fault('atMostMinutes')}
          hint="empty: any length"
          id={`${id}-most`}
          label="At most"
          minutes={when.atMostMinutes}
          onMinutes={(atMostMinutes) => type({ atMostMinutes })}
        />
      </div>
      <HoursFields fault={fault} hours={when.hours} id={`${id}-hours`} onHours={(hours) => type({ hours })} />
      <NamedField
        chosen={when.onCall}
        error={fault('onCall')}
        find={find}
        hint="who asks is on call by one of them when it would begin"
        id={`${id}-on-call`}
        kind="schedule"
        label="On-call schedules"
        onChosen={(onCall) => type({ onCall })}
      />
      <CheckLine
        checked={when.inChangeWindow}
        label="Within its change"
        onChecked={(inChangeWindow) => type({ inChangeWindow })}
        what="its ticket is an approved change, and all of the activation lies in the planned window"
      />
    </div>
  );
}
