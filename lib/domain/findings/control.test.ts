import { describe, expect, test } from 'vitest';
import type { AccessPolicySeen } from '#lib/domain/outside-role.ts';
import { type BreakGlass, breakGlassControls } from './break-glass.ts';
import { activatedPastApproval, type Bypassed } from './bypass.ts';
import { type OwnAddition, ownAddition } from './own-registration.ts';

const day = (n: number) => new Date(Date.UTC(2026, 0, n));

describe('something of Stint’s own registrations', () => {
  const one = (facts: Partial<OwnAddition> = {}): OwnAddition => ({
    ...{
      kind: 'credential',
      azureId: 'k',
      registration: 'Stint Reader',
      principalId: 'sp',
      principalName: 'Stint Reader',
    },
    ...{ what: 'by hand', startsAt: day(1), endsAt: null, firstSeenAt: day(50), knownSince: day(50) },
    ...facts,
  });
  const now = day(100);

  test('of old, and there when Stint came to know it, is no news', () => {
    expect(ownAddition(one(), now)).toBeNull();
    expect(ownAddition(one({ kind: 'application_owner', startsAt: null }), now)).toBeNull();
  });
  test('begun within 30 days is news, and it says so; 31 days are too many', () => {
    expect(ownAddition(one({ startsAt: day(70) }), now)?.evidence.at(-1)?.value).toContain(
      'within the last 30 days',
    );
    expect(ownAddition(one({ startsAt: day(69) }), now)).toBeNull();
  });
  test('seen first after Stint knew the registration is news for good, and it says so', () => {
    const later = one({ kind: 'application_owner', startsAt: null, firstSeenAt: day(60) });
    expect(ownAddition(later, day(400))?.evidence.at(-1)?.value).toContain('was not there');
    expect(ownAddition({ ...later, knownSince: null }, day(400))).toBeNull();
  });
  test('a start in the past hides nothing: who adds a credential chooses it', () =>
    expect(ownAddition(one({ startsAt: day(10), firstSeenAt: day(60) }), now)?.kind).toBe(
      'stint_credential_added',
    ));
  test.each([
    ['credential', 'stint_credential_added'],
    ['federated_credential', 'stint_credential_added'],
    ['application_owner', 'stint_owner_added'],
    ['application_permission', 'stint_role_added'],
    ['consent', undefined],
  ] as const)('a %s is %s', (kind, as) =>
    expect(ownAddition(one({ kind, startsAt: day(99) }), now)?.kind).toBe(as),
  );
});

describe('an account sealed for emergencies', () => {
  const account = (facts: Partial<BreakGlass> = {}): BreakGlass => ({
    ...{
      principalId: 'b1',
      name: 'Break Glass',
      namedAs: 'bg@contoso.example',
      upn: 'BG@contoso.example',
      exists: true,
      enabled: true,
    },
    ...{ standingGlobalAdministrator: true, eligibleGlobalAdministrator: false, lastSignInAt: null },
    ...{ groupAndRoleIds: ['ga'], unreadGroupIds: [] },
    ...facts,
  });
  const policy = (facts: Partial<AccessPolicySeen> = {}): AccessPolicySeen => ({
    ...{ id: 'p', name: 'MFA for administrators', state: 'enabled', contexts: [] },
    ...{ includesUsers: ['All'], excludesUsers: ['b1'], includes: [], excludes: [] },
    ...facts,
  });
  const missing = (found: ReturnType<typeof breakGlassControls>) =>
    found?.evidence.flatMap(({ label }) =>
      label.endsWith('(missing)') ? label.replace(' (missing)', '') : [],
    );

  test('with all its controls is not found, used or not', () => {
    expect(breakGlassControls(account(), [policy()])).toBeNull();
    expect(breakGlassControls(account({ lastSignInAt: day(1) }), [policy()])).toBeNull();
  });
  test('that is only eligible, disabled, or not there is', () => {
    const eligible = account({ standingGlobalAdministrator: false, eligibleGlobalAdministrator: true });
    expect(missing(breakGlassControls(eligible, []))).toEqual(['Global Administrator']);
    expect(missing(breakGlassControls(account({ enabled: false }), []))).toEqual(['Enabled']);
    expect(breakGlassControls(account({ exists: false, enabled: null }), [])?.title).toContain(
      'is not in the tenant',
    );
  });
  test('says so when a policy names a group nobody has read', () => {
    const unsure = policy({ excludesUsers: [], excludes: ['unread'] });
    const found = breakGlassControls(account({ enabled: false, unreadGroupIds: ['unread'] }), [unsure]);
    expect(found?.evidence).toContainEqual({
      label: 'Conditional access',
      value: 'not known: members of a group in MFA for administrators were never read',
    });
  });
  test('that is called otherwise than it is named is; named by its id it may be', () => {
    expect(missing(breakGlassControls(account({ upn: 'new@contoso.example' }), []))).toEqual(['Name']);
    expect(breakGlassControls(account({ namedAs: 'b1' }), [])).toBeNull();
  });
  test.each<[string, Partial<AccessPolicySeen>]>([
    ['everybody', { excludesUsers: [] }],
    ['it by name', { includesUsers: ['b1'], excludesUsers: [] }],
    ['its role', { includesUsers: [], includes: ['ga'], excludesUsers: [] }],
  ])('that an enabled policy for %s does not leave out is', (_, facts) =>
    expect(missing(breakGlassControls(account(), [policy(facts)]))).toEqual(['Conditional access']),
  );
  test.each<[string, Partial<AccessPolicySeen>]>([
    ['only reported on', { state: 'enabledForReportingButNotEnforced', excludesUsers: [] }],
    ['for others', { includesUsers: ['ada'], excludesUsers: [] }],
    ['that leaves its group or role out', { excludesUsers: [], excludes: ['ga'] }],
    ['for an authentication context', { contexts: ['c1'], excludesUsers: [] }],
    ['that leaves out a group nobody has read', { excludesUsers: [], excludes: ['unread'] }],
  ])('is not held against it what is %s', (_, facts) =>
    expect(breakGlassControls(account({ unreadGroupIds: ['unread'] }), [policy(facts)])).toBeNull(),
  );
});

describe('activated past Stint’s approval', () => {
  const time = (n: number, who = 'ada', isEnded = false) => ({
    ...{ at: day(n), personId: who, personName: who, isEnded },
  });
  const one = (facts: Partial<Bypassed> = {}): Bypassed => ({
    ...{ plane: 'entra', roleId: 'r', scopeId: '/', roleName: 'Helpdesk', scopeName: 'Directory' },
    ...{ scopeKind: 'directory', privilege: null, times: [time(90)], heldBy: 'advisory' },
    ...facts,
  });
  const now = day(100);
  const labelled = (found: ReturnType<typeof activatedPastApproval>, label: string) =>
    found?.evidence.find((each) => each.label === label)?.value;

  test('within 30 days is found, longer ago is not, nor counted', () => {
    expect(activatedPastApproval(one({ times: [time(71)] }), now)).toMatchObject({ size: 1, risk: 'medium' });
    expect(activatedPastApproval(one({ times: [time(70)] }), now)).toBeNull();
    const both = activatedPastApproval(one({ times: [time(99), time(20)] }), now);
    expect(labelled(both, 'In the last 30 days')).toBe('once');
  });
  test('of a critical role is a high risk', () => {
    const privilege = { risk: 'high', critical: true, dangers: [] } as unknown as Bypassed['privilege'];
    expect(activatedPastApproval(one({ privilege }), now)?.risk).toBe('high');
  });
  test('names a person only where it was one, and counts what the Applier ended', () => {
    const times = [time(99, 'bo', true), time(98)];
    const found = activatedPastApproval(one({ times }), now);
    expect(found).toMatchObject({ principalId: null, size: 2 });
    expect(labelled(found, 'By')).toBe('bo, ada');
    expect(labelled(found, 'Ended by the Applier')).toBe('1 of 2');
    expect(activatedPastApproval(one(), now)?.principalId).toBe('ada');
  });
  test('says what to do by what holds the rules now', () => {
    expect(activatedPastApproval(one(), now)?.nextStep).toContain('Link PIM’s extension');
    expect(activatedPastApproval(one({ heldBy: 'pim_extension' }), now)?.nextStep).not.toContain('Link PIM');
  });
});
