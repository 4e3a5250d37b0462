import type { Group } from '#lib/emulator/state.ts';
import { DAY, numberedId } from './numbered-id.ts';
import { personId } from './people.ts';

interface Named {
  number: number;
  name: string;
  about: string;
  roleAssignable: boolean;
  members: string[];
  owners: string[];
}

function group(number: number, name: string, about: string, members: string[], owners: string[]): Named {
  return { number, name, about, roleAssignable: false, members, owners };
}

function roleGroup(number: number, name: string, about: string, members: string[], owners: string[]): Named {
  return { number, name, about, roleAssignable: true, members, owners };
}

const ENGINEERS =
  'ada.lind bo.okafor lou.grant hanna.berg jonas.weber kofi.mensah oscar.blom priya.nair quinn.farrell rosa.delgado sven.aalto'.split(
    ' ',
  );

const GROUPS: Named[] = [
  roleGroup(
    1,
    'sg-identity-ops',
    'Runs the directory day to day',
    ['ada.lind', 'nadia.karim'],
    ['mira.novak'],
  ),
  group(
    2,
    'sg-approvers-security',
    'Decides requests for security roles',
    ['cy.tran', 'samir.haddad'],
    ['samir.haddad'],
  ),
  group(
    3,
    'sg-approvers-platform',
    'Decides requests for platform roles',
    ['bo.okafor', 'cy.tran', 'petra.holm'],
    ['petra.holm'],
  ),
  roleGroup(4, 'sg-oncall-platform', 'On call for the platform: join for a shift', [], ['petra.holm']),
  group(5, 'sg-breakfix-network', 'Network repairs out of hours', [], ['jonas.weber']),
  group(
    6,
    'sg-data-stewards',
    'Keeps the data catalogue in order',
    ['rosa.delgado', 'tomoko.sato'],
    ['diego.ruiz'],
  ),
  group(
    7,
    'sg-dev-vm',
    'Machines for development',
    ['ada.lind', 'kofi.mensah', 'quinn.farrell'],
    ['bo.okafor'],
  ),
  group(8, 'sg-engineering-all', 'Everyone who builds', ENGINEERS, ['ines.castell']),
  group(
    9,
    'sg-payments-team',
    'The payments team',
    ['oscar.blom', 'priya.nair', 'zeno.marsh'],
    ['tess.arnold'],
  ),
  roleGroup(
    10,
    'sg-security-operations',
    'Watches and answers alerts',
    ['lena.fischer', 'marco.rossi'],
    ['cy.tran'],
  ),
  roleGroup(
    11,
    'sg-service-desk',
    'Helps people back into their accounts',
    ['uma.joshi', 'wim.claes'],
    ['nadia.karim'],
  ),
  group(12, 'sg-vendors', 'Guests who work for Contoso', ['vic.partner', 'noa.vendor'], ['tess.arnold']),
  group(13, 'sg-approvers-billing', 'Decided requests for billing roles', ['otto.lange'], ['greta.moss']),
];

/** The id of the group with this name. Throws when there is none. */
export function groupId(name: string): string {
  const found = GROUPS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`No such group: ${name}`);
  return numberedId('bbbbbbbb', found.number);
}

/** Contoso's security groups with their permanent members and owners. */
export function groups(now: number): Group[] {
  return GROUPS.map((one) => ({
    id: numberedId('bbbbbbbb', one.number),
    displayName: one.name,
    description: one.about,
    mailNickname: one.name,
    isAssignableToRole: one.roleAssignable,
    memberIds: one.members.map(personId),
    ownerIds: one.owners.map(personId),
    createdAt: now - (700 - one.number * 13) * DAY,
  }));
}
