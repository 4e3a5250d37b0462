import { refusalOf } from '#lib/auth/refusal-of.ts';
import { refused } from '#lib/auth/refused.ts';
import { hashOf } from '#lib/auth/secret.ts';
import { traceOf } from '#lib/auth/trace.ts';
import type { ChatUser } from '#lib/domain/chat.ts';
import { isTrouble } from '#lib/domain/refusal.ts';
import { linkAccount } from '#lib/operations/chat/link-account.ts';

/** Links the account that typed the digits which its claim was shown. Every no is on record. */
export async function linkByDigits(
  headers: Headers,
  door: string,
  user: ChatUser,
  digits: string,
): Promise<{ linked: true; personName: string } | { linked: false; why: string }> {
  try {
    const now = new Date();
    const personName = await linkAccount(user, hashOf(digits), { now, traceId: traceOf(headers) });
    return { linked: true, personName };
  } catch (error) {
    const no = refusalOf(error);
    if (!no) throw error;
    const subject = `${user.chat} ${user.workspaceId} ${user.userId}`;
    if (!isTrouble(no)) await refused(headers, null, { door, code: `digits_${no.code}`, subject });
    return { linked: false, why: no.message };
  }
}
