import type { Authority } from '#lib/emulator/entra/authority.ts';
import { type Consulted, ExtensionAsked } from '#lib/emulator/pim/extension.ts';
import { settle } from '#lib/emulator/pim/settle.ts';
import type { Answer, Call, Surface } from '#lib/emulator/wire.ts';
import { askExtension } from './ask-extension.ts';

/**
 * Answers a call. Surfaces never wait: one that needs a custom extension's word says so before it changes anything, the
 * extension is asked here, and the call is answered anew with its word, against the tenant as it is by then.
 */
export async function answerConsulting(
  surface: Surface,
  call: Call,
  authority: Authority,
  consulted?: Consulted,
): Promise<Answer> {
  const { world } = authority;
  settle(world);
  try {
    return surface(call, consulted ? { ...world, consulted } : world);
  } catch (error) {
    if (!(error instanceof ExtensionAsked)) throw error;
    const verdict = await askExtension(authority, error);
    const verdicts = [...(consulted?.verdicts ?? []), verdict];
    return answerConsulting(surface, call, authority, { requestId: error.request.id, verdicts });
  }
}
