import type { ActivationSeen, ActivationTold, ReaderPort } from '#lib/azure/ports.ts';
import { holdingKey } from '#lib/domain/difference.ts';

/** What could be learned of activations that Stint did not file, by `holdingKey`. */
export type Learned = Map<string, { name: string; told: ActivationTold | null }>;

/** Asked of the audit log in one run at most; the rest goes on record without its reason. */
const mostAsked = 50;
const atOnce = 4;

/** Names of the people, and what Azure's audit log knows. @throws AzureFault when the directory does not answer. */
export async function learnAbout(seen: readonly ActivationSeen[], reader: ReaderPort): Promise<Learned> {
  const learned: Learned = new Map();
  const nameless = seen.filter(({ principalName }) => !principalName).map(({ principalId }) => principalId);
  const found = nameless.length > 0 ? await reader.people([...new Set(nameless)]) : [];
  const names = new Map(found.map(({ id, name }) => [id, name]));
  for (let at = 0; at < seen.length; at += atOnce) {
    await Promise.all(
      seen.slice(at, at + atOnce).map(async (one) => {
        const name = one.principalName ?? names.get(one.principalId) ?? one.principalId;
        const told = at < mostAsked ? await reader.whoActivated(one) : null;
        learned.set(holdingKey(one.principalId, one), { name, told });
      }),
    );
  }
  return learned;
}
