import type { Tx } from '#db/client.ts';
import { criticalAmong } from '#db/critical-among.ts';
import { settingOf } from '#db/settings.ts';
import { takeProof } from '#db/take-proof.ts';
import { type Call, isWanted } from '#lib/domain/proof.ts';

type Roles = Parameters<typeof criticalAmong>[1];

/** Takes a fresh sign-in for what only administrators do, where settings ask for one. @throws ProofNeeded */
export async function proveAdministration(tx: Tx, call: Call | undefined): Promise<void> {
  const rules = await settingOf(tx, 'step_up');
  if (rules.administration) await takeProof(tx, call, rules);
}

/**
 * The same for linking a chat account, which signs for its person from then on: wherever settings ask for one before any
 * decision. @throws ProofNeeded
 */
export async function proveLinking(tx: Tx, call: Call | undefined): Promise<void> {
  const rules = await settingOf(tx, 'step_up');
  if (rules.decisions !== 'never') await takeProof(tx, call, rules);
}

/**
 * The same for activations or decisions, by what the roles allow: one sign-in for all that are sent together.
 * @throws ProofNeeded
 */
export async function prove(
  tx: Tx,
  call: Call | undefined,
  what: 'activations' | 'decisions',
  roles: Roles,
): Promise<void> {
  const rules = await settingOf(tx, 'step_up');
  if (rules[what] === 'never' || roles.length === 0) return;
  const isCritical = rules[what] === 'critical' && roles.some(await criticalAmong(tx, roles));
  if (isWanted(rules[what], isCritical)) await takeProof(tx, call, rules);
}
