/** A mail server and an endpoint for webhooks beside Stint, as one program. */
import { freePort } from '#scripts/ports.ts';
import { startProgram } from '#scripts/program.ts';
import { untilReady } from '#scripts/until-ready.ts';

export interface PostOffice {
  /** What the portal is started with. */
  variables: Record<string, string>;
  /** Where an endpoint is. */
  hook: string;
  mails(): Promise<{ to: string[]; at: number; text: string }[]>;
  hooks(): Promise<{ at: number; body: string }[]>;
  close(): Promise<void>;
}

export async function openPostOffice(): Promise<PostOffice> {
  const [smtp, http] = [await freePort(), await freePort()];
  const args = ['lib/notify/testing/main.ts', String(smtp), String(http)];
  const program = startProgram('post office', args, process.env);
  const origin = `http://localhost:${http}`;
  await untilReady(program, `${origin}/mails`, 20);
  const told = async (what: string) => (await fetch(`${origin}/${what}`)).json();
  return {
    variables: {
      STINT_SMTP_URL: `smtp+insecure://localhost:${smtp}`,
      STINT_MAIL_FROM: 'stint@contoso.example',
    },
    hook: `${origin}/hook`,
    mails: async () => (await told('mails')) as Awaited<ReturnType<PostOffice['mails']>>,
    hooks: async () => (await told('hooks')) as Awaited<ReturnType<PostOffice['hooks']>>,
    close: async () => void (await program.stop()),
  };
}
