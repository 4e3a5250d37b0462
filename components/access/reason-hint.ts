import { reasonFault } from '#lib/domain/reason.ts';
import type { Settings } from '#lib/domain/settings.ts';

/** What to say under a reason while it is typed: what is asked, then what is still missing; null when it will do. */
export function reasonHint(text: string, rules: Settings['reasons']): string | null {
  if (text.trim()) return reasonFault(text, rules);
  return rules.shortest > 0 ? `at least ${rules.shortest} characters` : null;
}
