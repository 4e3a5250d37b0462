import { randomUUID } from 'node:crypto';

const role = {
  ...{ plane: 'azure', roleId: 'x', scopeId: '/subscriptions/x', roleName: 'X', scopeName: 'X' },
  scopeKind: 'subscription',
};
const person = { id: randomUUID(), name: 'A1' };
const rotation = {
  zone: 'UTC',
  people: [person],
  weekday: 1,
  time: '09:00',
  lengthDays: 7,
  from: '2026-01-01',
};

/** What the actions about the approval policy are sent, with the id of whose it is. */
export const policyArguments: Record<string, (id: string) => unknown> = {
  previewApproval: () => ({ roles: [], startsAt: null, ticketNumber: '' }),
  // Nobody's version.
  saveApprovalPolicy: () => ({
    document: JSON.stringify({ rules: [], freezes: [], endsBypassed: false }),
    ...{ note: 'A1', version: 999 },
  }),
  restoreApprovalPolicy: () => ({ restored: 999, note: 'A1', version: 0 }),
  readApprovalPolicy: () => ({ text: '{}' }),
  tryApprovalPolicy: (personId) => ({
    ...{ personId, role, minutes: 60, startsAt: null, ticketNumber: '', policy: null },
  }),
  findForRule: () => ({ kind: 'person', text: 'ada' }),
  findEligible: (personId) => ({ personId }),
  linkTwoAccounts: (accountId) => ({ accountId, otherId: accountId }),
  unlinkOneAccount: (accountId) => ({ accountId }),
  saveDutySchedule: () => ({ id: null, version: 0, name: `A1 ${randomUUID().slice(0, 8)}`, rotation }),
  removeDutySchedule: (id) => ({ id, version: 1 }),
  overrideOnCall: (scheduleId) => ({
    ...{ scheduleId, person, from: '2027-01-01T00:00', until: '2027-01-02T00:00' },
  }),
  callOffOnCall: (id) => ({ id }),
};
