import { isRow, type Row } from '#lib/emulator/graph/exchange.ts';
import { invalidPolicy } from '#lib/emulator/pim/refusals.ts';
import type { Policy } from '#lib/emulator/state.ts';

type Approver = Policy['approval']['approvers'][number];

/** Who must approve, from an approval rule as Graph writes it. Throws InvalidPolicy; nobody named is allowed: then PIM falls back to its administrators. */
export function readApproval({ setting }: Row): Policy['approval'] {
  if (!isRow(setting) || typeof setting.isApprovalRequired !== 'boolean') throw invalidPolicy();
  const [stage] = Array.isArray(setting.approvalStages) ? setting.approvalStages : [];
  const named = isRow(stage) ? (stage.primaryApprovers ?? []) : [];
  if (!Array.isArray(named)) throw invalidPolicy();
  return { required: setting.isApprovalRequired, approvers: named.map(approverOf) };
}

function approverOf(value: unknown): Approver {
  if (!isRow(value)) throw invalidPolicy();
  const { '@odata.type': type, userId, groupId, id } = value;
  const kind = String(type).endsWith('groupMembers') ? 'group' : 'user';
  const named = kind === 'group' ? (groupId ?? id) : (userId ?? id);
  if (typeof named !== 'string' || !/(singleUser|groupMembers)$/.test(String(type))) throw invalidPolicy();
  const { description } = value;
  return { kind, id: named.toLowerCase(), description: typeof description === 'string' ? description : '' };
}
