import type { User } from '#lib/emulator/state.ts';
import { DAY, numberedId } from './numbered-id.ts';

interface Person {
  number: number;
  /** The UPN's local part; the display name is made from it. */
  login: string;
  title: string | null;
  team: string | null;
  manager: string | null;
  guestOf?: string;
  /** Left out: enabled. */
  enabled?: false;
}

function person(number: number, login: string, title: string, team: string, manager: string | null): Person {
  return { number, login, title, team, manager };
}

const PEOPLE: Person[] = [
  person(1, 'ada.lind', 'Platform Engineer', 'Platform', 'petra.holm'),
  person(2, 'bo.okafor', 'Lead Platform Engineer', 'Platform', 'petra.holm'),
  person(3, 'cy.tran', 'Lead Security Engineer', 'Security', 'samir.haddad'),
  person(4, 'rhea.silva', 'Access Reviewer', 'Governance', 'greta.moss'),
  person(5, 'auden.hale', 'Internal Auditor', 'Governance', 'greta.moss'),
  person(6, 'mira.novak', 'Identity Administrator', 'Identity', 'samir.haddad'),
  { ...person(7, 'vic.partner', 'Consultant', 'Payments', 'tess.arnold'), guestOf: 'partner.example' },
  person(8, 'lou.grant', 'Software Engineer', 'Payments', 'tess.arnold'),
  { number: 9, login: 'breakglass.one', title: null, team: null, manager: null },
  { number: 10, login: 'breakglass.two', title: null, team: null, manager: null },
  person(11, 'ines.castell', 'Chief Technology Officer', 'Executive', null),
  person(12, 'petra.holm', 'Head of Platform', 'Platform', 'ines.castell'),
  person(13, 'samir.haddad', 'Head of Security', 'Security', 'ines.castell'),
  person(14, 'tess.arnold', 'Head of Payments', 'Payments', 'ines.castell'),
  person(15, 'greta.moss', 'Head of Governance', 'Governance', 'ines.castell'),
  person(16, 'diego.ruiz', 'Head of Data', 'Data', 'ines.castell'),
  person(17, 'hanna.berg', 'Site Reliability Engineer', 'Platform', 'petra.holm'),
  person(18, 'jonas.weber', 'Network Engineer', 'Platform', 'petra.holm'),
  person(19, 'kofi.mensah', 'Cloud Engineer', 'Platform', 'bo.okafor'),
  person(20, 'lena.fischer', 'Security Analyst', 'Security', 'cy.tran'),
  person(21, 'marco.rossi', 'Detection Engineer', 'Security', 'cy.tran'),
  person(22, 'nadia.karim', 'Identity Engineer', 'Identity', 'mira.novak'),
  person(23, 'oscar.blom', 'Payments Engineer', 'Payments', 'tess.arnold'),
  person(24, 'priya.nair', 'Payments Engineer', 'Payments', 'tess.arnold'),
  person(25, 'quinn.farrell', 'Test Engineer', 'Payments', 'tess.arnold'),
  person(26, 'rosa.delgado', 'Data Engineer', 'Data', 'diego.ruiz'),
  person(27, 'sven.aalto', 'Database Administrator', 'Data', 'diego.ruiz'),
  person(28, 'tomoko.sato', 'Data Analyst', 'Data', 'diego.ruiz'),
  person(29, 'uma.joshi', 'Service Desk Lead', 'Service Desk', 'nadia.karim'),
  person(30, 'wim.claes', 'Service Desk Analyst', 'Service Desk', 'uma.joshi'),
  person(31, 'yara.haddad', 'Cost Analyst', 'Finance', 'greta.moss'),
  person(32, 'zeno.marsh', 'Release Manager', 'Payments', 'tess.arnold'),
  { ...person(33, 'otto.lange', 'Billing Analyst', 'Finance', 'greta.moss'), enabled: false },
  { ...person(34, 'pia.sand', 'Cost Analyst', 'Finance', 'greta.moss'), enabled: false },
  { ...person(35, 'noa.vendor', 'Consultant', 'Payments', 'tess.arnold'), guestOf: 'vendor.example' },
];

/** The object id of the account with this login. Throws when there is none. */
export function personId(login: string): string {
  const found = PEOPLE.find((one) => one.login === login);
  if (found === undefined) throw new Error(`No such person: ${login}`);
  return numberedId('aaaaaaaa', found.number);
}

/** Contoso's accounts, made long before now (milliseconds). */
export function people(domain: string, now: number): User[] {
  return PEOPLE.map((one) => userOf(one, domain, now));
}

function userOf(one: Person, domain: string, now: number): User {
  const [givenName = '', surname = ''] = one.login.split('.').map(capitalised);
  const userPrincipalName = `${one.login}@${domain}`;
  return {
    id: numberedId('aaaaaaaa', one.number),
    userPrincipalName,
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    mail: one.guestOf === undefined ? userPrincipalName : `${one.login}@${one.guestOf}`,
    jobTitle: one.title,
    department: one.team,
    officeLocation: one.team === null || one.guestOf !== undefined ? null : 'Rotterdam',
    userType: one.guestOf === undefined ? 'Member' : 'Guest',
    accountEnabled: one.enabled ?? true,
    managerId: one.manager === null ? null : personId(one.manager),
    createdAt: now - (900 - one.number * 11) * DAY,
  };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
