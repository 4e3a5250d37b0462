import type { ApproverSet, Stage } from './approval-policy.ts';

/**
 * Whether stages that were pinned to a request give at least what other stages would ask of it: each of theirs is found
 * in the pinned ones, in order, with no wider sets, no fewer signatures and nobody excluded who would be let in.
 */
export function asksNoMore(pinned: readonly Stage[], other: readonly Stage[]): boolean {
  let from = 0;
  for (const stage of other) {
    const at = pinned.findIndex((one, index) => index >= from && covers(one, stage));
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

function covers(pinned: Stage, asked: Stage): boolean {
  const sets = [...pinned.approvers, ...(pinned.escalation?.approvers ?? [])];
  const asks = new Set([...asked.approvers, ...(asked.escalation?.approvers ?? [])].map(keyOf));
  const out = new Set(pinned.excluded.map(({ id }) => id));
  return (
    pinned.signatures >= asked.signatures &&
    sets.every((set) => asks.has(keyOf(set))) &&
    asked.excluded.every(({ id }) => out.has(id))
  );
}

const keyOf = (set: ApproverSet) => ('id' in set ? `${set.is} ${set.id}` : set.is);
