import { expect, test } from 'vitest';
import { AzureFault, type FaultKind } from '#lib/azure/faults.ts';
import type { ReaderCalls } from './calls.ts';
import { readExtension } from './extension.ts';

const appOrigin = 'https://stint.example';
const own = `${appOrigin}/api/integrations/pim/pre-approval`;
const rule = {
  id: 'CustomExtension_PreApproval_EndUser_Assignment',
  isEnabled: true,
  customExtensionId: 'E1',
};

/** What the list of extensions says, or how asking for it fails; counts how often it is asked. */
function listing(answer: string | FaultKind, by: { appOrigin?: string } = { appOrigin }) {
  let asked = 0;
  const list = async () => {
    asked += 1;
    if (!answer.startsWith('http')) throw new AzureFault(answer as FaultKind, { message: 'No.' });
    return [{ id: 'e2' }, { id: 'e1', endpointConfiguration: { targetUrl: answer } }];
  };
  const calls = { ...by, graph: async () => ({ list }) } as unknown as ReaderCalls;
  return { calls, asked: () => asked };
}

test('the extension of a role’s settings is Stint’s when it calls Stint, at exactly this address', async () => {
  expect(await readExtension(listing(own).calls, [rule])).toEqual({ enabled: true, ours: true });
  const off = { ...rule, isEnabled: false };
  expect(await readExtension(listing(own).calls, [off])).toEqual({ enabled: false, ours: true });
  for (const url of ['https://other.example/pim', `${own}.evil.example`, own.replace('pre', 'post')])
    expect(await readExtension(listing(url).calls, [rule])).toEqual({ enabled: true, ours: false });
});

test('no rule, or the empty one that a portal save leaves behind, is none, and nothing is asked for it', async () => {
  const { calls, asked } = listing(own);
  const empty = { ...rule, customExtensionId: null };
  for (const rules of [[], [empty], [{ ...rule, id: 'CustomExtension_PostApproval_EndUser_Assignment' }]])
    expect(await readExtension(calls, rules)).toBeUndefined();
  expect(asked()).toBe(0);
});

test('without the permission to look it up it is not ours; when Graph is busy nothing is concluded', async () => {
  const unread = { enabled: true, ours: false };
  expect(await readExtension(listing('not_allowed').calls, [rule])).toEqual(unread);
  expect(await readExtension(listing(own, {}).calls, [rule])).toEqual(unread);
  await expect(readExtension(listing('busy').calls, [rule])).rejects.toThrow(AzureFault);
});

test('many roles are one question', async () => {
  const { calls, asked } = listing(own);
  await Promise.all([1, 2, 3].map(() => readExtension(calls, [rule])));
  expect(asked()).toBe(1);
});
