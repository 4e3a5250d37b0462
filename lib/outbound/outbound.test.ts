import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Reach } from './address.ts';
import { call } from './call.ts';

const far: Reach = { hosts: [], sandbox: false };
const near: Reach = { hosts: [], sandbox: true };
const refused = { kind: 'address_refused' };
let asked = 0;
const server = createServer((_request, response) => {
  asked++;
  response.end('here');
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

/** What names answer, one list after the other; the last one stays. */
const names = vi.hoisted(() => ({ answers: [] as string[][], times: 0 }));
vi.mock('node:dns', () => ({
  lookup: (_host: string, _options: unknown, done: (error: null, all: unknown) => void) => {
    const addresses = names.answers[Math.min(names.times++, names.answers.length - 1)] ?? [];
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  },
}));
const namesAnswer = (...answers: string[][]) => Object.assign(names, { answers, times: 0 });

const inner = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.254', '127.0.0.1'],
  ...['127.1.2.3', '168.63.129.16', '169.254.169.254', '169.254.170.2', '169.254.0.1', '172.16.0.1'],
  ...['172.31.255.255', '192.0.0.1', '192.0.0.170', '192.168.0.1', '192.168.255.255', '198.18.0.1'],
  ...['198.19.255.255', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '192.88.99.1'],
];
const innerSix = [
  ...[
    '::',
    '::1',
    '::127.0.0.1',
    '::10.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:169.254.169.254',
  ],
  ...['64:ff9b::a00:1', '64:ff9b:1::1', '100::1', '2001::1', '2002:7f00:1::', '2002:a9fe:a9fe::', 'fc00::1'],
  ...['fd00:ec2::254', 'fdff::1', 'fe80::1', 'febf::1', 'fec0::1', 'ff02::1'],
];
const disguised = [
  ...['https://2130706433/', 'https://0x7f000001/', 'https://0177.0.0.1/', 'https://127.1/', 'https://0/'],
  ...['https://0x7f.1/', 'https://①②⑦.⓪.⓪.①/', 'https://[::ffff:7f00:1]/', 'https://127.0.0.1./'],
  ...['http://93.184.216.34/', 'ftp://93.184.216.34/', 'file:///etc/passwd', 'gopher://93.184.216.34/'],
  ...['https://user@93.184.216.34/', 'https://:secret@93.184.216.34/'],
];

describe('outside the sandbox', () => {
  test.each(inner)('%s is not called', async (address) => {
    await expect(call(new URL(`https://${address}/`), {}, far)).rejects.toMatchObject(refused);
    namesAnswer([address]);
    await expect(call(new URL('https://name.example/'), {}, far)).rejects.toMatchObject(refused);
  });
  test.each(innerSix)('%s is not called', async (address) => {
    await expect(call(new URL(`https://[${address}]/`), {}, far)).rejects.toMatchObject(refused);
    namesAnswer([address]);
    await expect(call(new URL('https://name.example/'), {}, far)).rejects.toMatchObject(refused);
  });
  test.each(disguised)('%s is not called', async (url) => {
    await expect(call(new URL(url), {}, far)).rejects.toMatchObject(refused);
  });

  test('a name with one inner address among public ones is not called', async () => {
    namesAnswer(['93.184.216.34', '10.0.0.1']);
    await expect(call(new URL('https://name.example/'), {}, far)).rejects.toMatchObject(refused);
  });
});

describe('a name whose answer changes', () => {
  test('is asked once a call, and the connection goes to what was looked at', async () => {
    namesAnswer(['127.0.0.1'], ['10.0.0.1']);
    const { text } = await call(new URL(`http://name.example:${port}/`), {}, near);
    expect([text, names.times]).toEqual(['here', 1]);
  });

  test('is looked at again with the next call', async () => {
    namesAnswer(['127.0.0.1'], ['10.0.0.1']);
    await call(new URL(`http://name.example:${port}/`), {}, near);
    const before = asked;
    await expect(call(new URL(`http://name.example:${port}/`), {}, near)).rejects.toMatchObject(refused);
    expect(asked).toBe(before);
  });
});

test('a host that the operator named is called where it is', async () => {
  namesAnswer(['127.0.0.1']);
  const named: Reach = { hosts: ['name.example'], sandbox: true };
  expect((await call(new URL(`http://name.example:${port}/`), {}, named)).status).toBe(200);
});
