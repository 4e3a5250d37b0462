import { config } from '#lib/config/config.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { discovery, expectedIssuer } from './discovery.ts';
import { CallerRefused, verifyPimCaller } from './pim-caller.ts';

const bearer = /^Bearer ([A-Za-z0-9._-]{1,8192})$/;

/**
 * Lets PIM through when it calls its custom extension, and nobody else.
 * @throws Refusal caller_refused; authority_away when its keys cannot be had.
 */
export async function requirePim(headers: Pick<Headers, 'get'>): Promise<void> {
  const { pimExtension, tenantId } = config();
  const token = bearer.exec(headers.get('authorization') ?? '')?.[1];
  if (!pimExtension || !token) throw new Refusal('caller_refused');
  try {
    const { keys } = await discovery();
    const expected = { ...pimExtension, tenantId, issuer: expectedIssuer(), keys, now: new Date() };
    await verifyPimCaller(token, expected);
  } catch (error) {
    throw new Refusal(error instanceof CallerRefused ? 'caller_refused' : 'authority_away');
  }
}
