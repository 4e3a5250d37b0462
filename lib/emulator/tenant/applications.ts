import type { Application, Credential, FederatedCredential } from '#lib/emulator/graph-state.ts';
import { DAY, numberedId } from './numbered-id.ts';
import { personId } from './people.ts';
import {
  APPLIER_APP,
  EXTENSION_APP,
  READER_APP,
  STEP_UP_APP,
  STINT_APP,
  TEST_APP,
} from './service-principals.ts';

/** The key id of a seeded credential. */
export const credentialId = (number: number) => numberedId('5ec2e700', number);

/** A secret or certificate: good since and until so many days from now. */
export function credential(
  number: number,
  kind: Credential['kind'],
  displayName: string,
  days: [since: number, until: number],
  now: number,
): Credential {
  return {
    kind,
    keyId: credentialId(number),
    displayName,
    startAt: now + days[0] * DAY,
    endAt: now + days[1] * DAY,
    hint: kind === 'password' ? 'q3k' : null,
  };
}

/** A workload of another platform that may sign in without a secret. */
export function federated(
  number: number,
  name: string,
  issuer: string,
  subject: string,
): FederatedCredential {
  const audiences = ['api://AzureADTokenExchange'];
  return { id: numberedId('fede2a7e', number), name, issuer, subject, audiences, description: null };
}

const GITHUB = 'https://token.actions.githubusercontent.com';

/** The application objects of this tenant, with their credentials in every state of health. */
export function applications(now: number): Application[] {
  const application = (
    number: number,
    displayName: string,
    owner: string | null,
    changes: Partial<Application> = {},
  ): Application => {
    const appId = numberedId('ca11ab1e', number);
    return {
      id: numberedId('a44c0de0', number),
      appId,
      displayName,
      identifierUris: [],
      requestedAccessTokenVersion: null,
      ownerIds: owner === null ? [] : [personId(owner)],
      credentials: [],
      federatedCredentials: [],
      createdAt: now - Math.max(40, 500 - number * 17) * DAY,
      ...changes,
    };
  };
  const secret = (number: number, name: string, since: number, until: number) =>
    credential(number, 'password', name, [since, until], now);
  return [
    application(1, 'Stint', 'mira.novak', {
      appId: STINT_APP,
      identifierUris: [`api://${STINT_APP}`, `api://localhost/${STINT_APP}`],
      requestedAccessTokenVersion: 2,
      credentials: [secret(1, 'sandbox', -100, 265)],
    }),
    application(2, 'Stint Tests', 'mira.novak', {
      appId: TEST_APP,
      credentials: [secret(2, 'sandbox', -100, 265)],
    }),
    application(3, 'Stint Reader', 'mira.novak', {
      appId: READER_APP,
      credentials: [secret(3, 'sandbox', -100, 265), secret(10, 'added by hand', -3, 362)],
    }),
    application(51, 'Stint Applier', 'mira.novak', {
      appId: APPLIER_APP,
      credentials: [secret(11, 'sandbox', -40, 325)],
    }),
    application(52, 'Stint PIM extension', 'mira.novak', {
      appId: EXTENSION_APP,
      identifierUris: [`api://localhost/${EXTENSION_APP}`],
      requestedAccessTokenVersion: 2,
      ownerIds: [personId('mira.novak'), personId('nadia.karim')],
    }),
    application(50, 'Stint Step-up', 'mira.novak', {
      appId: STEP_UP_APP,
      identifierUris: [`api://${STEP_UP_APP}`],
      requestedAccessTokenVersion: 2,
      ownerIds: [personId('mira.novak'), personId('nadia.karim')],
    }),
    application(4, 'github-deploy', 'bo.okafor', {
      federatedCredentials: [
        federated(1, 'main', GITHUB, 'repo:contoso/platform:ref:refs/heads/main'),
        federated(2, 'staging', GITHUB, 'repo:contoso/platform:environment:staging'),
      ],
    }),
    application(5, 'payments-api', 'oscar.blom', {
      identifierUris: ['api://payments.contoso.example'],
      credentials: [
        credential(5, 'key', 'CN=payments-api', [-300, 65], now),
        secret(6, 'before the certificate', -700, -335),
      ],
    }),
    application(6, 'grafana', 'hanna.berg', { credentials: [secret(7, 'terraform', -345, 20)] }),
    application(7, 'invoice-export', null, { credentials: [secret(8, 'made by hand', -400, 9000)] }),
    application(103, 'Contoso agents', 'diego.ruiz', {
      credentials: [credential(9, 'key', 'CN=agents', [-60, 305], now)],
    }),
  ];
}
