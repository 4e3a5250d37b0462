import { createTransport } from 'nodemailer';
import type { MailWay } from '#lib/config/mail-way.ts';
import { NotifyFault } from './faults.ts';
import { type MailText, mailOf, mailOfAll } from './mail-text.ts';
import type { Channel, Delivery } from './ports.ts';

/**
 * Mail over SMTP. A mail's id is its delivery's, so that who gets it twice can tell; what is about one request is one
 * thread. `ca`: a certificate to trust beside the usual ones, for tests.
 */
export function mailChannel(way: MailWay, origin: string, ca?: string): Channel {
  const transport = createTransport({
    ...{ host: way.host, port: way.port, secure: way.tls === 'at_once' },
    ...{ requireTLS: way.tls === 'starttls', ignoreTLS: way.tls === 'none' },
    ...(way.login && { auth: { user: way.login.user, pass: way.login.password } }),
    ...{ connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 },
    ...{ disableFileAccess: true, disableUrlAccess: true },
    ...(ca && { tls: { ca } }),
  });
  const host = new URL(origin).hostname;
  const idOf = (id: string) => `<${id}@${host}>`;

  async function post({ id, person, address, letter }: Delivery, mail: MailText): Promise<void> {
    const { requestId } = letter;
    const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
    try {
      await transport.sendMail({
        ...{ from: { name: 'Stint', address: way.from }, to: { name: person.name, address } },
        ...{ ...mail, messageId: idOf(id), headers },
        ...(requestId && { references: idOf(requestId) }),
        list: { id: { comment: 'Stint', url: `letters.${host}` } },
      });
    } catch (error) {
      throw faultOf(error);
    }
  }

  return {
    async send(delivery) {
      await post(delivery, mailOf(delivery, origin));
      return null;
    },
    async sendTogether(all) {
      const [first] = all;
      if (!first) return;
      const letter = { ...first.letter, requestId: null };
      await post({ ...first, letter }, mailOfAll(all, origin));
    },
  };
}

interface SmtpError {
  code?: string;
  responseCode?: number;
}

/** RFC 5321: 4xx is for now, 5xx for good; but what is wrong with Stint’s own login is mended by somebody. */
function faultOf(error: unknown): NotifyFault {
  const { code, responseCode = 0 } = error as SmtpError;
  const because = { cause: error };
  if (code === 'EAUTH' || responseCode === 530 || responseCode === 535)
    return new NotifyFault('unreachable', 'The mail server does not accept Stint’s login.', because);
  if (code === 'ETLS')
    return new NotifyFault('unreachable', 'The mail server offers no encryption.', because);
  if (responseCode >= 500)
    return new NotifyFault('refused', `The mail server refuses this mail (${responseCode}).`, because);
  if (responseCode >= 400)
    return new NotifyFault('busy', `The mail server wants it later (${responseCode}).`, because);
  return new NotifyFault('unreachable', 'The mail server cannot be reached.', because);
}
