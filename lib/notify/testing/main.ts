/**
 * A mail server and an endpoint for webhooks as one program, for the bench and tests in a browser:
 * `node lib/notify/testing/main.ts 2525 4600`. GET /mails and GET /hooks on the second port answer what came.
 */
import { createServer } from 'node:http';
import { openMailbox, readable } from './mailbox.ts';

const [smtpPort, httpPort] = process.argv.slice(2).map(Number);
const box = await openMailbox({}, smtpPort);
const hooks: { at: number; headers: Record<string, unknown>; body: string }[] = [];

createServer(async (request, response) => {
  if (request.method === 'POST') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    hooks.push({ at: Date.now(), headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    return response.writeHead(204).end();
  }
  const mails = box.mails.map(({ to, at, raw }) => ({ to, at, text: readable(raw) }));
  const said = request.url === '/hooks' ? hooks : mails;
  return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
}).listen(httpPort, '127.0.0.1', () =>
  console.log(`mail at ${box.port}, hooks and what came at ${httpPort}`),
);
