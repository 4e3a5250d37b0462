import { config } from '#lib/config/config.ts';
import type { ChannelName } from '#lib/domain/delivery.ts';
import { mailChannel } from './mail.ts';
import type { Outlets } from './ports.ts';
import { webhookCaller } from './webhook.ts';
import { webhookReach } from './webhook-address.ts';

/** The ways out that this process's environment sets up. `openSecret` opens what an endpoint's deliveries are signed with. */
export function liveOutlets(openSecret: (endpointId: string, sealed: Buffer) => string): Outlets {
  const { mail, appOrigin } = config();
  return {
    channels: { ...(mail && { mail: mailChannel(mail, appOrigin) }) },
    callWebhook: webhookCaller(openSecret, webhookReach()),
  };
}

/** Where each goes by, for administrators: no credential. */
export function outletFacts(): { name: ChannelName; isSetUp: boolean; by: string }[] {
  const { mail } = config();
  return [
    {
      name: 'mail',
      isSetUp: mail !== null,
      by: mail ? `${mail.host}:${mail.port}, ${tlsWords[mail.tls]}, from ${mail.from}` : '',
    },
    { name: 'webhook', isSetUp: true, by: '' },
  ];
}

const tlsWords = { at_once: 'encrypted', starttls: 'encrypted by STARTTLS', none: 'not encrypted' };
