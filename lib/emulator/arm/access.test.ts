import { expect, it } from 'vitest';
import { personId } from '#lib/emulator/tenant/people.ts';
import { DEV_GROUP, PROD_PAYMENTS, PRODUCTION, ROOT, STAGING } from '#lib/emulator/tenant/scopes.ts';
import { servicePrincipalId } from '#lib/emulator/tenant/service-principals.ts';
import { mayOnArm } from './access.ts';
import { tenant } from './testing.ts';

const world = tenant();
const reader = servicePrincipalId('Stint Reader');
const deployer = servicePrincipalId('github-deploy');
const WRITE = 'Microsoft.Authorization/roleAssignments/write';

it('lets a role at a management group act on everything below', () => {
  expect(mayOnArm(world, reader, 'Microsoft.Authorization/roleAssignments/read', PROD_PAYMENTS)).toBe(true);
  expect(mayOnArm(world, reader, 'microsoft.authorization/ROLEASSIGNMENTS/read', ROOT)).toBe(true);
  expect(mayOnArm(world, reader, 'Microsoft.Authorization/roleAssignments/read', '/')).toBe(false);
});

it('takes a role’s notActions away from it, in any casing', () => {
  expect(mayOnArm(world, deployer, 'Microsoft.Web/sites/write', STAGING)).toBe(true);
  expect(mayOnArm(world, deployer, WRITE, STAGING)).toBe(false);
  expect(mayOnArm(world, deployer, 'Microsoft.Web/sites/write', PRODUCTION)).toBe(false);
});

it('adds up what other roles allow', () => {
  expect(mayOnArm(world, personId('ines.castell'), WRITE, PRODUCTION)).toBe(true);
  expect(mayOnArm(world, reader, WRITE, PRODUCTION)).toBe(false);
});

it('counts groups, and nothing that is merely eligible', () => {
  const ada = personId('ada.lind');
  expect(mayOnArm(world, ada, 'Microsoft.Compute/virtualMachines/read', DEV_GROUP)).toBe(true);
  expect(mayOnArm(world, ada, 'Microsoft.Compute/virtualMachines/write', DEV_GROUP)).toBe(false);
  expect(mayOnArm(world, ada, 'Microsoft.Web/sites/read', STAGING)).toBe(false);
});
