/** A mail server for tests and the bench: it keeps what it gets, and refuses as it is told. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  to: string[];
  from: string;
  /** As it came, head and body. */
  raw: string;
  at: number;
  wasEncrypted: boolean;
  user: string | null;
}

export interface Mailbox {
  port: number;
  mails: Mail[];
  /** An answer of RFC 5321 instead of yes, such as 451 or 550. */
  answers: number | null;
  close(): Promise<void>;
}

interface Facts {
  /** PEM; without one it has no encryption. */
  certificate?: { key: string; cert: string };
  /** Encrypted from the first byte. */
  atOnce?: boolean;
  /** Wants this login. */
  login?: { user: string; password: string };
}

export async function openMailbox({ certificate, atOnce, login }: Facts = {}, port = 0): Promise<Mailbox> {
  const server = new SMTPServer({
    ...{ secure: atOnce ?? false, authOptional: !login, logger: false, ...certificate },
    disabledCommands: [...(certificate ? [] : ['STARTTLS']), ...(login ? [] : ['AUTH'])],
    onAuth: ({ username, password }, _session, done) => {
      if (username === login?.user && password === login?.password) return done(null, { user: username });
      done(new Error('wrong login'));
    },
    onRcptTo: (_address, _session, done) => done(box.answers ? answer(box.answers) : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        box.mails.push({
          to: rcptTo.map(({ address }) => address),
          from: mailFrom ? mailFrom.address : '',
          raw: Buffer.concat(chunks).toString('utf8'),
          at: Date.now(),
          wasEncrypted: session.secure,
          user: typeof session.user === 'string' ? session.user : null,
        });
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((settle) => server.listen(port, '127.0.0.1', () => settle()));
  const box: Mailbox = {
    port: (server.server.address() as AddressInfo).port,
    mails: [],
    answers: null,
    close: () => new Promise((settle) => server.close(() => settle())),
  };
  return box;
}

function answer(responseCode: number): Error {
  return Object.assign(new Error('as told'), { responseCode });
}

/** A part of a mail, or its head's field, without what encodes it: good for looking, not for mail at large. */
export function readable(raw: string): string {
  return raw
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/(=[0-9A-F]{2})+/g, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'));
}
