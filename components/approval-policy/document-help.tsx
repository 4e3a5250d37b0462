const fields: [name: string, what: string][] = [
  ['rules[].id, freezes[].id', 'a GUID; stays the same over versions'],
  ['when.planes', 'any of "entra", "azure", "group"; empty: every one'],
  [
    'when.roles',
    '{ id, name, plane }: the id of the role’s definition; the id counts, the name is for the eye',
  ],
  [
    'when.scopes',
    '{ id, name }: there or below, and for stages and freezes what reaches in from above; "/" is the directory',
  ],
  ['when.critical, when.guests', 'true asks for it; false asks nothing'],
  ['when.groups', '{ id, name }: who asks is in one of them, directly or not'],
  ['when.longerThanMinutes, when.atMostMinutes', 'whole minutes, or null'],
  ['when.hours', '{ zone, days, from, until } or null; 1 is Monday; until before from is past midnight'],
  ['when.onCall', '{ id, name } of schedules: who asks is on call when it would begin'],
  ['when.inChangeWindow', 'its ticket is an approved change, all of it in the window'],
  ['then', '{ "is": "automatic" }, or { "is": "stages", stages, lapseMinutes, useByMinutes, bulk }'],
  [
    'stages[].approvers',
    '{ is: "person" | "group" | "on_call", id, name }, { is: "manager" }, { is: "owner" }: anybody of any of these',
  ],
  ['stages[].signatures', 'how many different people; nobody counts in two stages'],
  ['stages[].excluded', '{ id, name } of people and groups that never sign it'],
  ['stages[].remindAfterMinutes', 'whole minutes, or null'],
  ['stages[].escalation', '{ afterMinutes, approvers } or null: who then may sign as well'],
  ['freezes[].from, freezes[].until', 'moments such as "2026-12-24T00:00:00Z"'],
  ['freezes[].except', '{ id, name } of people and groups'],
  ['endsBypassed', 'true: the Applier ends what was activated past the stages'],
];

/** What the document is made of. */
export function DocumentHelp() {
  return (
    <dl className="grid gap-x-4 gap-y-1 text-xs sm:grid-cols-[minmax(0,16rem)_minmax(0,1fr)]">
      {fields.map(([name, what]) => (
        <div className="contents" key={name}>
          <dt className="wrap-anywhere font-mono text-soft">{name}</dt>
          <dd className="mb-1 text-soft sm:mb-0">{what}</dd>
        </div>
      ))}
    </dl>
  );
}
