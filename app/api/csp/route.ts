import { z } from 'zod';
import { refusing } from '#app/refusing.ts';
import { hashedAddress } from '#lib/auth/client-address.ts';
import { takeOne } from '#lib/auth/rate.ts';
import { log } from '#lib/log.ts';

const largest = 16_384;

/** The parts of a report (CSP Level 3; older browsers send `csp-report`) worth a line; addresses without their query. */
const report = z.union([
  z.object({ 'csp-report': z.record(z.string(), z.unknown()) }).transform((body) => [body['csp-report']]),
  z
    .array(z.object({ body: z.record(z.string(), z.unknown()) }))
    .transform((all) => all.map((one) => one.body)),
]);

/** Collects reports of broken content-security rules into the log. Anybody's browser may send one; nothing else happens. */
export async function POST(request: Request): Promise<Response> {
  return refusing(request, 'POST /api/csp', async () => {
    takeOne('report', hashedAddress(request.headers));
    tell(await start(request));
    return new Response(null, { status: 204 });
  });
}

/** The first of a body, as much as a report may be; the rest is not read. */
async function start({ body }: Request): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length >= largest) break;
  }
  return text.slice(0, largest);
}

function tell(text: string): void {
  const parsed = report.safeParse(readJson(text));
  for (const one of parsed.success ? parsed.data.slice(0, 5) : []) {
    log.warn(
      {
        csp: {
          directive: one['violated-directive'] ?? one.effectiveDirective,
          blocked: bare(one['blocked-uri'] ?? one.blockedURL),
        },
      },
      'content security',
    );
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const bare = (value: unknown) =>
  typeof value === 'string' ? value.replace(/[?#].*$/, '').slice(0, 300) : null;
