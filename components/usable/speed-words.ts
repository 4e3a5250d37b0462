import { secondsInWords } from '#lib/domain/time.ts';
import type { Speed } from '#lib/domain/usable.ts';

const seen: Record<Speed['until'], string> = { usable: 'works after', active: 'shows in Azure after' };
const where: Record<Speed['from'], string> = {
  role_here: '',
  role: ' of this role elsewhere',
  plane: ' of other roles',
};

/** “usually works after 40 s, nearly always within 3 min”. */
export function speedWords({ p50, p95, until }: Speed): string {
  const most = p95 > p50 ? `, nearly always within ${secondsInWords(p95)}` : '';
  return `usually ${seen[until]} ${secondsInWords(p50)}${most}`;
}

/** What it is learned from: “from the last 12 activations of this role elsewhere”. */
export function sourceWords({ count, from }: Speed): string {
  return `From the last ${count} activations${where[from]}, without the time an approver took.`;
}
