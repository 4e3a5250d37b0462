import type { JitPolicy } from '#lib/emulator/arm-state.ts';
import { durationMs } from '#lib/emulator/pim/duration.ts';
import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Answer, Call, Caller, World } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import { printedTime } from './printed.ts';
import { authorizationFailed, notEmulated, resourceNotFound } from './refusals.ts';
import { fields, text } from './request-body.ts';
import { covers } from './scopes.ts';

const TYPE = 'Microsoft.Security/locations/jitNetworkAccessPolicies';

/** Defender for Cloud's just-in-time access to machines: policies listed and read, and doors opened for a while (contract A7). */
export function jitAccess(call: Call, world: World, caller: Caller, scope: string, rest: string[]): Answer {
  const [locations, location, collection = locations, name, verb, ...more] = rest;
  const isHere = collection?.toLowerCase() === 'jitnetworkaccesspolicies' && more.length === 0;
  const doing = `${call.method} ${verb?.toLowerCase() ?? ''}`.trim();
  if (!isHere || !['GET', 'POST initiate'].includes(doing)) throw notEmulated(call);
  const action = doing === 'GET' ? `${TYPE}/read` : `${TYPE}/initiate/action`;
  if (!mayOnArm(world, caller.objectId, action, scope)) {
    throw authorizationFailed(world, caller, action, scope);
  }
  const found = (world.state.jitPolicies ?? []).filter(
    (one) =>
      covers(world.state, scope, one.scope) &&
      (location === undefined || one.location === location.toLowerCase()) &&
      (name === undefined || one.name.toLowerCase() === name.toLowerCase()),
  );
  if (name === undefined) return { status: 200, body: { value: found.map(policyRow) } };
  const [policy] = found;
  if (policy === undefined) throw resourceNotFound(call.path);
  return doing === 'GET' ? { status: 200, body: policyRow(policy) } : initiate(call, world, caller, policy);
}

function policyRow(policy: JitPolicy) {
  const id = `${policy.scope}/providers/Microsoft.Security/locations/${policy.location}/jitNetworkAccessPolicies/${policy.name}`;
  return {
    kind: 'Basic',
    properties: {
      virtualMachines: policy.virtualMachines.map((machine) => ({
        id: machine.id,
        ports: machine.ports.map((port) => ({ ...port, protocol: '*', allowedSourceAddressPrefix: '*' })),
      })),
      requests: policy.requests,
      provisioningState: 'Succeeded',
    },
    id,
    name: policy.name,
    type: TYPE,
    location: policy.location,
  };
}

/** 202: each port is opened until the moment that was asked for, which may not lie beyond what the policy allows. */
function initiate(call: Call, world: World, caller: Caller, policy: JitPolicy): Answer {
  const body = fields(call.body);
  const asked = listOf(body.virtualMachines).map((machine) => ({
    id: text(machine.id) ?? '',
    ports: listOf(machine.ports).map((port) => ({
      number: Number(port.number),
      allowedSourceAddressPrefix: text(port.allowedSourceAddressPrefix) ?? '*',
      endTimeUtc: text(port.endTimeUtc) ?? '',
    })),
  }));
  const isAllowed = ({ id, ports }: (typeof asked)[number]) => {
    const machine = policy.virtualMachines.find((one) => one.id.toLowerCase() === id.toLowerCase());
    return ports.every(({ number, endTimeUtc }) => {
      const longest = machine?.ports.find((port) => port.number === number)?.maxRequestAccessDuration;
      const until = Date.parse(endTimeUtc);
      return (
        longest !== undefined && until > world.now() && until <= world.now() + (durationMs(longest) ?? 0)
      );
    });
  };
  if (asked.length === 0 || !asked.every(isAllowed)) {
    throw new PimRefusal(400, 'InvalidInput', 'The request is not within the just-in-time policy.');
  }
  const user = world.state.users.find(({ id }) => id === caller.objectId);
  const withStatus = (status: string) => ({
    virtualMachines: asked.map(({ id, ports }) => ({
      id,
      ports: ports.map((port) => ({ ...port, status, statusReason: 'UserRequested' })),
    })),
    startTimeUtc: printedTime(world.now()),
    requestor: user?.userPrincipalName ?? caller.appId,
    justification: text(body.justification) ?? '',
  });
  policy.requests.push(withStatus('Initiated'));
  world.changed();
  return { status: 202, body: withStatus('Initiating') };
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(fields) : [];
}
