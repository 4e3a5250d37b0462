import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { AssignmentKept } from './access-change.ts';
import { manualCommand } from './manual-command.ts';

const kept: AssignmentKept = {
  ...{ plane: 'azure', roleId: 'role', scopeId: '/subscriptions/s1', kind: 'standing' },
  ...{ roleName: 'Owner', scopeName: 'Production', scopeKind: 'subscription' },
  ...{ assignmentId: 'a', azureId: 'a', scheduleId: null, principalId: 'p1', principalName: 'Ada' },
  ...{ principalKind: 'member', condition: null, conditionVersion: null, startsAt: null, endsAt: null },
};
const change = (
  more: Partial<AssignmentKept> = {},
  rest: Partial<Parameters<typeof manualCommand>[0]> = {},
) =>
  manualCommand(
    {
      ...{ verb: 'remove', way: 'assignment', wayGroupId: null, principalId: 'p1', progress: {} },
      kept: { ...kept, ...more },
      ...rest,
    },
    new Date('2026-01-01T10:00:00Z'),
  );

describe('the command names exactly the assignment', () => {
  test('a standing Azure role', () => {
    expect(change()).toBe(
      "az role assignment delete --assignee 'p1' --role 'role' --scope '/subscriptions/s1'",
    );
  });
  test('an eligible Azure role, by a request to PIM', () => {
    expect(change({ kind: 'eligible' })).toMatch(
      /^az rest --method put --url '.*\/subscriptions\/s1\/.*roleEligibilityScheduleRequests'.*"requestType":"AdminRemove"/,
    );
  });
  test('an Entra role, a group, a membership', () => {
    expect(change({ plane: 'entra', scopeId: '/' })).toBe(
      "New-MgRoleManagementDirectoryRoleAssignmentScheduleRequest -Action 'adminRemove' -PrincipalId 'p1' -RoleDefinitionId 'role' -DirectoryScopeId '/' -Justification 'Access review'",
    );
    expect(change({ plane: 'group', roleId: 'owner', scopeId: 'g', kind: 'eligible' })).toContain(
      "PrivilegedAccessGroupEligibilityScheduleRequest -Action 'adminRemove' -PrincipalId 'p1' -GroupId 'g' -AccessId 'owner'",
    );
    expect(change({}, { way: 'membership', wayGroupId: 'g' })).toBe(
      "Remove-MgGroupMemberDirectoryObjectByRef -GroupId 'g' -DirectoryObjectId 'p1'",
    );
  });
  test('to make eligible is first to give, then to take', () => {
    const [first, second] = change({}, { verb: 'make_eligible' }).split('\n');
    expect(first).toContain('"requestType":"AdminAssign"');
    expect(second).toContain('az role assignment delete');
  });
  test('to give an end is to ask PIM for another window', () => {
    const azure = change({ condition: 'x' }, { verb: 'make_time_bound' });
    expect(azure).toContain('roleAssignmentScheduleRequests');
    expect(azure).toContain(
      '"requestType":"AdminUpdate","justification":"Access review","scheduleInfo":{"startDateTime":"2026-01-01T10:00:00.000Z","expiration":{"type":"AfterDuration","duration":"P180D"}},"condition":"x"',
    );
    const entra = change({ plane: 'entra', scopeId: '/' }, { verb: 'make_time_bound' });
    expect(entra).toContain("AssignmentScheduleRequest -Action 'adminUpdate'");
    expect(entra).toContain("Expiration = @{ Type = 'AfterDuration'; Duration = 'P180D' }");
  });
  test('an end no later than the policy allows', () => {
    const asked = (minutes: number) =>
      change({}, { verb: 'make_time_bound', progress: { longest_minutes: String(minutes) } });
    expect(asked(90 * 1440)).toContain('"duration":"P90D"');
    expect(asked(365 * 1440)).toContain('"duration":"P180D"');
    expect(asked(480)).toContain('"duration":"PT480M"');
  });
  test('to take an end off again updates what is there, and does not assign it anew', () => {
    const undo = { verb: 'restore', progress: { hasEnd: 'yes' } } as const;
    expect(change({}, undo)).toContain('"requestType":"AdminUpdate"');
    expect(change({}, undo)).toContain('"expiration":{"type":"NoExpiration"}');
    expect(change({ plane: 'entra', scopeId: '/' }, undo)).toContain(
      "-Action 'adminUpdate' -PrincipalId 'p1' -RoleDefinitionId 'role' -DirectoryScopeId '/' -Justification 'Access review' -ScheduleInfo @{ StartDateTime = (Get-Date); Expiration = @{ Type = 'NoExpiration' } }",
    );
  });
  test('to give back keeps condition and end', () => {
    expect(change({ condition: 'x', conditionVersion: '2.0' }, { verb: 'restore' })).toContain(
      "--condition 'x' --condition-version '2.0'",
    );
    const endsAt = '2027-01-01T00:00:00.000Z';
    expect(change({ plane: 'entra', kind: 'time_bound', endsAt }, { verb: 'restore' })).toContain(endsAt);
  });
});

test.each(["'; touch owned; '", '$(id)', '`id`', 'a\nb', '"', '\\'])(
  'a value that is a command (%j) stays one word of the shell',
  (odd) => {
    const told = change({ scopeId: odd });
    const words = execFileSync('sh', ['-c', told.replace(/^az/, "printf '%s\\0'")], { encoding: 'utf8' });
    expect(words.split('\0')).toContain(odd);
  },
);

test('PowerShell’s quotes, typographic ones too, are doubled', () => {
  expect(change({ plane: 'entra', scopeId: "/'; id ’" })).toContain("-DirectoryScopeId '/''; id ’’'");
});
