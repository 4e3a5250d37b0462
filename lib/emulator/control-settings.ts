import type { Consistency } from './arm-state.ts';
import { type ExtensionRules, extensionRulesOf } from './pim/extension.ts';
import type { QuotaSettings, Quotas } from './quotas/quotas.ts';
import type { State } from './state.ts';
import type { World } from './wire.ts';

/** A control body that makes no sense; the message names the field. */
export class BadControl extends Error {}

type Fields = Record<string, unknown>;

const longestDelayMs = 86_400_000;

/** `{graph?, arm?, scale?}`; what is not named stays as it was. Throws BadControl. */
export function setQuotas(quotas: Quotas, fields: Fields): QuotaSettings {
  const scale = numberIn(fields, 'scale', 0.0001, 1000);
  const graph = flagIn(fields, 'graph');
  const arm = flagIn(fields, 'arm');
  quotas.settings = {
    graph: graph ?? quotas.settings.graph,
    arm: arm ?? quotas.settings.arm,
    scale: scale ?? quotas.settings.scale,
  };
  return quotas.settings;
}

/** `{activation?, removal?, group?, principal?, request?, access?}` in milliseconds of the PIM clock. Throws BadControl. */
export function setConsistency(world: World, fields: Fields): Required<Consistency> {
  const changes: Consistency = {};
  for (const kind of ['activation', 'removal', 'group', 'principal', 'request', 'access'] as const) {
    const delay = numberIn(fields, kind, 0, longestDelayMs);
    if (delay !== undefined) changes[kind] = delay;
  }
  world.state.consistency = { ...world.state.consistency, ...changes };
  world.changed();
  return consistencyOf(world.state);
}

/** Every delay as it stands, in milliseconds. */
export function consistencyOf({ consistency, provisioningDelayMs }: State): Required<Consistency> {
  return {
    activation: provisioningDelayMs,
    removal: 0,
    group: 0,
    principal: 0,
    request: 0,
    access: 0,
    ...consistency,
  };
}

/** `{on}`. Throws BadControl. */
export function setMandatoryMfa(world: World, fields: Fields): { on: boolean } {
  const on = flagIn(fields, 'on');
  if (on === undefined) throw new BadControl('"on" is true or false.');
  world.state.mandatoryMfa = on;
  world.changed();
  return { on };
}

export function mandatoryMfaOf({ mandatoryMfa }: State): { on: boolean } {
  return { on: mandatoryMfa === true };
}

/** `{outage?, stopped?, tokens?, deliverTwice?}`. Throws BadControl. */
export function setExtensionRules(world: World, fields: Fields): ExtensionRules {
  const before = extensionRulesOf(world.state);
  world.state.extensionRules = {
    outage: oneOf(fields, 'outage', ['open', 'closed']) ?? before.outage,
    stopped: oneOf(fields, 'stopped', ['refusal', 'request']) ?? before.stopped,
    tokens: fields.tokens === null ? null : (oneOf(fields, 'tokens', ['v1', 'v2'] as const) ?? before.tokens),
    deliverTwice: flagIn(fields, 'deliverTwice') ?? before.deliverTwice,
  };
  world.changed();
  return extensionRulesOf(world.state);
}

function oneOf<Word extends string>(fields: Fields, name: string, words: readonly Word[]): Word | undefined {
  const value = fields[name];
  const found = words.find((word) => word === value);
  if (value === undefined || found) return found;
  throw new BadControl(`"${name}" is one of ${words.join(', ')}.`);
}

function flagIn(fields: Fields, name: string): boolean | undefined {
  const value = fields[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw new BadControl(`"${name}" is true or false.`);
}

function numberIn(fields: Fields, name: string, low: number, high: number): number | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value >= low && value <= high) return value;
  throw new BadControl(`"${name}" is a number from ${low} to ${high}.`);
}
