import { flatAssignments } from './assignments.ts';
import { auditArchive } from './audit-archive.ts';
import { isCrossSite } from './control-guard.ts';
import {
  BadControl,
  consistencyOf,
  mandatoryMfaOf,
  setConsistency,
  setExtensionRules,
  setMandatoryMfa,
  setQuotas,
} from './control-settings.ts';
import { type FaultRule, parseFault } from './faults.ts';
import { jsonReply, type Received, type Reply, textReply } from './http.ts';
import type { Journal } from './journal.ts';
import { extensionRulesOf } from './pim/extension.ts';
import { settle } from './pim/settle.ts';
import type { Quotas } from './quotas/quotas.ts';
import type { TenantWorld } from './tenant-world.ts';
import type { World } from './wire.ts';

/** What the control door may turn. */
export interface Controls {
  tenant: TenantWorld;
  faults: FaultRule[];
  latencyMs: number;
  journal: Journal;
  quotas: Quotas;
}

const longestAdvanceSeconds = 10 * 365 * 24 * 60 * 60;

/** Answers `/_emulator/…`: for tests and the sandbox on this machine, never for a page of another site. */
export function answerControl(received: Received, controls: Controls): Reply {
  if (isCrossSite(received)) return refused(403, 'The control door answers no page of another site.');
  const verb = doors[`${received.method} ${received.path}`];
  if (!verb) return refused(404, `No such control: ${received.method} ${received.path}`);
  try {
    const told = verb(controls, received);
    return typeof told === 'string' ? textReply(200, told) : jsonReply(200, told);
  } catch (error) {
    if (error instanceof BadControl) return refused(400, error.message);
    throw error;
  }
}

type Verb = (controls: Controls, received: Received) => unknown;

const doors: Record<string, Verb> = {
  'POST /_emulator/reset': (controls, received) => {
    const { tenant } = controls;
    const { clockOffsetMs } = tenant.world.state;
    const keepsClock = received.text !== '' && objectOf(received).keepClock === true;
    tenant.reset();
    // Not reset and then advanced again: who follows this clock would see it go back in between.
    if (keepsClock) moveClock(tenant.world, clockOffsetMs);
    controls.faults.length = 0;
    controls.latencyMs = 0;
    controls.quotas.reset();
    return clock(controls);
  },
  'GET /_emulator/clock': clock,
  'POST /_emulator/clock': (controls, received) => {
    const seconds = numberField(received, 'advanceSeconds', longestAdvanceSeconds);
    moveClock(controls.tenant.world, seconds * 1000);
    return clock(controls);
  },
  'POST /_emulator/faults': (controls, received) => {
    controls.faults.push(...faultRules(bodyOf(received)));
    return { rules: controls.faults };
  },
  'DELETE /_emulator/faults': (controls) => {
    controls.faults.length = 0;
    return { rules: controls.faults };
  },
  'POST /_emulator/latency': (controls, received) => {
    controls.latencyMs = numberField(received, 'ms', 600_000);
    return { ms: controls.latencyMs };
  },
  'GET /_emulator/journal': (controls, received) => {
    const since = Number(received.query.get('since') ?? 0);
    if (!Number.isFinite(since)) throw new BadControl('"since" is the number of the last entry you have.');
    return controls.journal.since(since);
  },
  'GET /_emulator/assignments': ({ tenant: { world } }) => {
    settle(world);
    return flatAssignments(world.state, world.now());
  },
  'GET /_emulator/audit-archive': ({ tenant: { world } }) => auditArchive(world),
  'GET /_emulator/quotas': ({ quotas }) => quotas.settings,
  'POST /_emulator/quotas': ({ quotas }, received) => setQuotas(quotas, objectOf(received)),
  'GET /_emulator/consistency': ({ tenant: { world } }) => consistencyOf(world.state),
  'POST /_emulator/consistency': ({ tenant: { world } }, received) =>
    setConsistency(world, objectOf(received)),
  'GET /_emulator/extension': ({ tenant: { world } }) => extensionRulesOf(world.state),
  'POST /_emulator/extension': ({ tenant: { world } }, received) =>
    setExtensionRules(world, objectOf(received)),
  'GET /_emulator/mandatory-mfa': ({ tenant: { world } }) => mandatoryMfaOf(world.state),
  'POST /_emulator/mandatory-mfa': ({ tenant: { world } }, received) =>
    setMandatoryMfa(world, objectOf(received)),
};

function moveClock(world: World, byMs: number): void {
  world.state.clockOffsetMs += byMs;
  settle(world);
  world.changed();
}

function clock({ tenant: { world } }: Controls): { now: string; offsetSeconds: number } {
  return { now: new Date(world.now()).toISOString(), offsetSeconds: world.state.clockOffsetMs / 1000 };
}

/** One rule, a list of rules, or `{rules: […]}`. */
function faultRules(body: unknown): FaultRule[] {
  const inner = typeof body === 'object' && body !== null && 'rules' in body ? body.rules : body;
  try {
    return (Array.isArray(inner) ? inner : [inner]).map(parseFault);
  } catch (error) {
    throw new BadControl(error instanceof Error ? error.message : String(error));
  }
}

function numberField(received: Received, name: string, high: number): number {
  const body = bodyOf(received);
  const value =
    typeof body === 'object' && body !== null
      ? Object.entries(body).find(([key]) => key === name)?.[1]
      : null;
  if (typeof value === 'number' && value >= 0 && value <= high) return value;
  throw new BadControl(`"${name}" is a number from 0 to ${high}.`);
}

/** The fields of the body. */
function objectOf(received: Received): Record<string, unknown> {
  const body = bodyOf(received);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  throw new BadControl('The body is a JSON object.');
}

function bodyOf(received: Received): unknown {
  if (received.tooLarge) throw new BadControl('The body is over 1 MB.');
  try {
    return JSON.parse(received.text);
  } catch {
    throw new BadControl('The body is not JSON.');
  }
}

function refused(status: number, message: string): Reply {
  return jsonReply(status, { error: { code: 'ControlRefused', message } });
}
