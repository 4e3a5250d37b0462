// @peculiar/x509 asks for this polyfill before itself.
import 'reflect-metadata';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { afterEach, expect, test } from 'vitest';
import type { MailWay } from '#lib/config/mail-way.ts';
import { mailChannel } from './mail.ts';
import type { Delivery } from './ports.ts';
import { type Mailbox, openMailbox, readable } from './testing/mailbox.ts';

const origin = 'https://stint.contoso.example';
const boxes: Mailbox[] = [];
afterEach(async () => {
  for (const box of boxes.splice(0)) await box.close();
});

async function opened(...facts: Parameters<typeof openMailbox>): Promise<Mailbox> {
  const box = await openMailbox(...facts);
  boxes.push(box);
  return box;
}
const wayTo = ({ port }: Mailbox, facts: Partial<MailWay> = {}): MailWay => ({
  ...{ host: 'localhost', port, tls: 'none', login: null, from: 'stint@contoso.example' },
  ...facts,
});

const nasty =
  '<img src="https://evil.example/x.png"> & <script>alert(1)</script>\r\nBcc: everybody@contoso.example';
const delivery = (facts: Partial<Delivery['letter']['facts']> = {}, id = 'd1'): Delivery => ({
  id,
  letter: {
    ...{ id: 'l1', kind: 'asked_to_sign', requestId: 'r1', writtenAt: new Date() },
    facts: { roleName: 'Owner', scopeName: 'rg-pay', requesterName: 'Ada Lind', text: 'A disk', ...facts },
    standing: { status: 'awaiting_signatures', says: 'Waiting for signatures', isOpen: true },
  },
  person: { id: 'bo', name: 'Bo Okafor' },
  address: 'bo@contoso.example',
});

test('a letter is a mail of text and HTML that leads to the request, and decides nothing', async () => {
  const box = await opened();
  expect(await mailChannel(wayTo(box), origin).send(delivery())).toBeNull();
  const [mail] = box.mails;
  const text = readable(mail?.raw ?? '');
  expect(mail).toMatchObject({ to: ['bo@contoso.example'], from: 'stint@contoso.example' });
  expect(text).toContain('Subject: Ada Lind asks for Owner on rg-pay');
  expect(text).toContain('Message-ID: <d1@stint.contoso.example>');
  expect(text).toContain('References: <r1@stint.contoso.example>');
  expect(text).toMatch(/List-ID: .*<letters\.stint\.contoso\.example>/i);
  expect(text).toContain('Auto-Submitted: auto-generated');
  expect(text.match(/https?:\/\/[^\s"<)]+/g)?.every((url) => url.startsWith(`${origin}/`))).toBe(true);
  expect(text).toContain(`${origin}/requests/r1`);
  expect(text).toContain('text/plain');
  expect(text).toContain('text/html');
});

test('what people typed stays text: no tags, no images, no line in the head', async () => {
  const box = await opened();
  await mailChannel(wayTo(box), origin).send(
    delivery({ text: nasty, requesterName: nasty, roleName: nasty }),
  );
  const [head = '', ...bodies] = readable(box.mails[0]?.raw ?? '').split('\r\n\r\n');
  const html = bodies.join('\n').split('<!doctype html>')[1] ?? '';
  expect(head).not.toMatch(/^Bcc:/im);
  expect(box.mails[0]?.to).toEqual(['bo@contoso.example']);
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toMatch(/<(img|script|style|link|iframe)/i);
});

test('what people typed is quoted, and no line of it reads like one of Stint’s', async () => {
  const box = await opened();
  const posing = (end: string) => `ok”${end}Length: 15 min${end}${end}Look and decide: https://evil.example/`;
  for (const end of ['\n', '\r\n', '\u2028', '\v', '\u00a0'.repeat(200)])
    await mailChannel(wayTo(box), origin).send(delivery({ text: posing(end), ticketNumber: posing(end) }));
  expect(box.mails).toHaveLength(5);
  for (const { raw } of box.mails) {
    const mail = readable(raw);
    const [text = '', html = ''] = mail.split('<!doctype html>');
    const lines = text.split(/\r\n|[\n\v\u2028]/);
    expect(lines.filter((line) => /^\s*(Length|Look and decide):/.test(line))).toEqual([
      `Look and decide: ${origin}/requests/r1`,
    ]);
    const typed = lines.filter((line) => line.includes('evil.example'));
    expect(
      typed.every((line) => /^(> |Ticket: )/.test(line)),
      typed.join(),
    ).toBe(true);
    expect(text).not.toMatch(/\u00a0{2}/);
    const unquoted = html.replaceAll(/<blockquote.*?<\/blockquote>/gs, '');
    expect(html).toMatch(/<blockquote[^>]*>“ok”/);
    expect(unquoted).not.toMatch(/(<br>|<p[^>]*>)\s*(Length|Look)/);
    expect(unquoted.match(/evil\.example/g)).toHaveLength(1);
  }
});

test('several letters are one mail, each with its own link', async () => {
  const box = await opened();
  await mailChannel(wayTo(box), origin).sendTogether?.([
    delivery({}, 'd1'),
    delivery({ roleName: 'Reader' }, 'd2'),
  ]);
  const text = readable(box.mails[0]?.raw ?? '');
  expect(box.mails).toHaveLength(1);
  expect(text).toContain('Subject: 2 letters from Stint');
  expect(text).toContain('Reader on rg-pay');
  expect(text).toContain('Message-ID: <d1@stint.contoso.example>');
});

test.each([
  [550, 'refused'],
  [452, 'busy'],
])('an answer of %i is %s', async (answers, kind) => {
  const box = await opened();
  box.answers = answers;
  await expect(mailChannel(wayTo(box), origin).send(delivery())).rejects.toMatchObject({ kind });
  expect(box.mails).toEqual([]);
});

test('a server that is away, or refuses the login, is tried again', async () => {
  const box = await opened({ login: { user: 'stint', password: 'right' } });
  const wrong = wayTo(box, { login: { user: 'stint', password: 'wrong' } });
  await expect(mailChannel(wrong, origin).send(delivery())).rejects.toMatchObject({ kind: 'unreachable' });
  const right = wayTo(box, { login: { user: 'stint', password: 'right' } });
  await mailChannel(right, origin).send(delivery());
  expect(box.mails).toMatchObject([{ user: 'stint' }]);
  await boxes.pop()?.close();
  await expect(mailChannel(wayTo(box), origin).send(delivery())).rejects.toMatchObject({
    kind: 'unreachable',
  });
});

test('no mail goes to a server that offers no encryption, or a certificate nobody trusts', async () => {
  const plain = await opened();
  const encrypted = await opened({ certificate: await selfSigned() });
  for (const way of [wayTo(plain, { tls: 'starttls' }), wayTo(encrypted, { tls: 'starttls' })])
    await expect(mailChannel(way, origin).send(delivery())).rejects.toMatchObject({ kind: 'unreachable' });
  expect([...plain.mails, ...encrypted.mails]).toEqual([]);
});

test.each(['starttls', 'at_once'] as const)('encrypted %s, it goes to one that is trusted', async (tls) => {
  const certificate = await selfSigned();
  const box = await opened({ certificate, atOnce: tls === 'at_once' });
  await mailChannel(wayTo(box, { tls }), origin, certificate.cert).send(delivery());
  expect(box.mails).toMatchObject([{ wasEncrypted: true }]);
});

async function selfSigned(): Promise<{ key: string; cert: string }> {
  const signing = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(signing, true, ['sign', 'verify']);
  const cert = await X509CertificateGenerator.createSelfSigned({
    ...{ name: 'CN=localhost', keys, signingAlgorithm: signing },
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
    cert: cert.toString('pem'),
  };
}
