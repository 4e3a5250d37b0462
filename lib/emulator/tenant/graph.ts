import type { GraphState, SignInActivity, WorkloadFacts } from '#lib/emulator/graph-state.ts';
import { emptyGraphState } from '#lib/emulator/graph-state.ts';
import { applications, credential, credentialId, federated } from './applications.ts';
import { conditionalAccess } from './conditional-access.ts';
import { packageApprovals, reviews } from './governance.ts';
import { groupId } from './groups.ts';
import { DAY, numberedId } from './numbered-id.ts';
import { personId } from './people.ts';
import { permissionId, stableGuid } from './permission-ids.ts';
import {
  AGENTS,
  BLUEPRINT_APP,
  BLUEPRINT_PRINCIPAL,
  GRAPH_PRINCIPAL,
  platformFacts,
} from './platform-principals.ts';
import { REGISTRATIONS } from './registrations.ts';
import { servicePrincipalId, servicePrincipals } from './service-principals.ts';

/** Who signed in how many days ago; who is not here never did. */
const LAST_SIGN_INS: Record<string, number> = Object.fromEntries(
  'ada.lind:1 bo.okafor:0 cy.tran:2 rhea.silva:6 auden.hale:12 mira.novak:1 vic.partner:131 lou.grant:3 ines.castell:9 petra.holm:2 samir.haddad:1 tess.arnold:4 greta.moss:20 diego.ruiz:8 hanna.berg:1 jonas.weber:5 kofi.mensah:45 lena.fischer:1 marco.rossi:2 nadia.karim:1 oscar.blom:3 priya.nair:2 quinn.farrell:97 rosa.delgado:6 sven.aalto:210 tomoko.sato:7 uma.joshi:1 wim.claes:2 yara.haddad:33'
    .split(' ')
    .map((pair) => pair.split(':'))
    .map(([login = '', days]) => [login, Number(days)]),
);

/** How long ago applications were last used on their own, in days. */
const LAST_USES: [app: string, days: number][] = [
  ['Stint Reader', 0],
  ['github-deploy', 1],
  ['payments-api', 0],
  ['grafana', 0],
  ['invoice-export', 190],
  ['Northwind Scanner', 64],
];

/** With which of its credentials each was, where that is known. */
const LAST_KEYS: Record<string, string> = {
  'payments-api': credentialId(5),
  grafana: credentialId(7),
  'invoice-export': credentialId(21),
};

/** Contoso's applications, consents, agents, units and activity. */
export function graphState(now: number): GraphState {
  const ago = (days: number) => now - days * DAY;
  return {
    ...emptyGraphState(),
    applications: applications(now),
    workloads: [...platformFacts(REGISTRATIONS), ...ownFacts(now)],
    appRoleGrants: [
      appPermission('payments-api', 'Mail.Read', ago(300)),
      appPermission('Northwind Scanner', 'Directory.ReadWrite.All', ago(420)),
      appPermission('invoice-export', 'Application.ReadWrite.All', ago(380)),
      agentPermission('Mail.Read', ago(60)),
    ],
    permissionGrants: [
      grant('Northwind Scanner', null, 'User.Read Files.Read.All'),
      grant('grafana', personId('hanna.berg'), 'User.Read Mail.Read'),
    ],
    agentIdentities: [
      {
        servicePrincipalId: AGENTS[0],
        blueprintAppId: BLUEPRINT_APP,
        expiresAt: now + 120 * DAY,
        sponsorIds: [personId('diego.ruiz'), groupId('sg-data-stewards')],
      },
      { servicePrincipalId: AGENTS[1], blueprintAppId: BLUEPRINT_APP, expiresAt: null, sponsorIds: [] },
    ],
    administrativeUnits: [
      unit(1, 'Payments', false, 'lou.grant oscar.blom priya.nair quinn.farrell vic.partner'),
      unit(2, 'Executives', true, 'ines.castell'),
    ],
    authenticationContexts: [
      context('c1', 'Phishing-resistant sign-in', 'Passkey or certificate, from a managed device'),
      context('c2', 'Trusted locations', 'Access is only allowed from trusted locations'),
    ],
    conditionalAccessPolicies: conditionalAccess(now),
    blueprintSponsors: { [BLUEPRINT_APP]: [personId('diego.ruiz')] },
    reviews: reviews(now),
    packageApprovals: packageApprovals(),
    sponsors: { [personId('vic.partner')]: [personId('tess.arnold'), groupId('sg-payments-team')] },
    signInActivity: Object.fromEntries(
      Object.entries(LAST_SIGN_INS).map(([login, days]) => [personId(login), signIn(login, ago(days + 0.2))]),
    ),
    workloadActivity: LAST_USES.map(([app, days]) => ({
      appId: appIdOf(app),
      delegatedClientAt: null,
      delegatedResourceAt: null,
      appOnlyClientAt: ago(days + 0.1),
      appOnlyResourceAt: null,
      credentials: LAST_KEYS[app] === undefined ? {} : { [LAST_KEYS[app]]: ago(days + 0.1) },
    })),
  };
}

function ownFacts(now: number): WorkloadFacts[] {
  const none = { credentials: [], federatedCredentials: [], appRoles: [], scopes: [] };
  return [
    {
      ...none,
      servicePrincipalId: servicePrincipalId('invoice-export'),
      credentials: [credential(21, 'password', 'added on the service principal', [-380, 350], now)],
    },
    {
      ...none,
      servicePrincipalId: servicePrincipalId('id-backup'),
      federatedCredentials: [
        federated(
          3,
          'backup-job',
          'https://oidc.contoso.example/aks-core',
          'system:serviceaccount:ops:backup',
        ),
      ],
    },
    {
      ...none,
      servicePrincipalId: servicePrincipalId('payments-api'),
      appRoles: [
        {
          id: stableGuid('Payments.Process'),
          value: 'Payments.Process',
          displayName: 'Process payments',
          allowedMemberTypes: ['Application'],
        },
      ],
    },
  ];
}

function appPermission(app: string, name: string, createdAt: number) {
  const appRoleId = permissionId('application', name);
  const principalId = servicePrincipalId(app);
  const id = Buffer.from(`${app} ${name}`).toString('base64url');
  return { id, principalId, resourceId: GRAPH_PRINCIPAL, appRoleId, createdAt };
}

function agentPermission(name: string, createdAt: number) {
  const appRoleId = permissionId('application', name);
  const id = Buffer.from(`agents ${name}`).toString('base64url');
  return { id, principalId: BLUEPRINT_PRINCIPAL, resourceId: GRAPH_PRINCIPAL, appRoleId, createdAt };
}

function grant(app: string, principalId: string | null, scope: string) {
  const id = Buffer.from(`${app} ${principalId}`).toString('base64url');
  return { id, clientId: servicePrincipalId(app), principalId, resourceId: GRAPH_PRINCIPAL, scope };
}

function unit(number: number, displayName: string, isMemberManagementRestricted: boolean, members: string) {
  const memberIds = members.split(' ').map(personId);
  const id = numberedId('ad000000', number);
  return { id, displayName, description: null, isMemberManagementRestricted, memberIds };
}

function context(id: string, displayName: string, description: string) {
  return { id, displayName, description, isAvailable: true };
}

function signIn(login: string, at: number): SignInActivity {
  const requestId = stableGuid(`sign-in ${login}`);
  return { interactiveAt: at, interactiveRequestId: requestId, silentAt: at, silentRequestId: requestId };
}

function appIdOf(app: string): string {
  return servicePrincipals(0).find(({ displayName }) => displayName === app)?.appId ?? '';
}
