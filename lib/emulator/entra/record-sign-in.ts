import { randomUUID } from 'node:crypto';
import type { WorkloadActivity } from '#lib/emulator/graph-state.ts';
import type { World } from '#lib/emulator/wire.ts';
import type { ResourceName } from './resources.ts';

const apis: Record<ResourceName, string> = {
  graph: '00000003-0000-0000-c000-000000000000',
  arm: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
};

/** Notes that a person signed in to an application: on the page, or silently with a refresh token. On the PIM clock, which Graph shows. */
export function recordSignIn(
  world: World,
  userId: string,
  appId: string,
  how: 'interactive' | 'silent',
): void {
  const { graph } = world.state;
  const never = { interactiveAt: null, interactiveRequestId: null, silentAt: null, silentRequestId: null };
  const before = graph.signInActivity[userId] ?? never;
  const [at, id] = [world.now(), randomUUID()];
  graph.signInActivity[userId] =
    how === 'interactive'
      ? { ...before, interactiveAt: at, interactiveRequestId: id }
      : { ...before, silentAt: at, silentRequestId: id };
  activityOf(world, appId).delegatedClientAt = at;
  world.changed();
}

/** Notes that an application signed in as itself, to which API, and with which secret. */
export function recordAppSignIn(world: World, appId: string, resource: ResourceName): void {
  const at = world.now();
  const activity = activityOf(world, appId);
  activity.appOnlyClientAt = at;
  activityOf(world, apis[resource] ?? resource).appOnlyResourceAt = at;
  const application = world.state.graph.applications.find((one) => one.appId === appId);
  const secret = application?.credentials.find(({ kind }) => kind === 'password');
  if (secret) activity.credentials[secret.keyId] = at;
  world.changed();
}

function activityOf({ state }: World, appId: string): WorkloadActivity {
  const found = state.graph.workloadActivity.find((one) => one.appId === appId);
  if (found) return found;
  const fresh: WorkloadActivity = {
    appId,
    delegatedClientAt: null,
    delegatedResourceAt: null,
    appOnlyClientAt: null,
    appOnlyResourceAt: null,
    credentials: {},
  };
  state.graph.workloadActivity.push(fresh);
  return fresh;
}
