import { currentSession } from '#lib/auth/current-actor.ts';
import { refused } from '#lib/auth/refused.ts';
import { Refusal, type RefusalCode, TooFast } from '#lib/domain/refusal.ts';

const statuses: Partial<Record<RefusalCode, number>> = {
  not_signed_in: 401,
  cross_site: 403,
  not_allowed: 403,
  not_found: 404,
  too_fast: 429,
  authority_away: 503,
};

/** What every route for machines passes: a foreseen no becomes its status and is put on record. */
export async function refusing(
  request: Request,
  door: string,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const session = await currentSession();
    await refused(request.headers, session?.actor ?? null, { door, code: error.code });
    return new Response(error.message, {
      status: statuses[error.code] ?? 400,
      headers: {
        'cache-control': 'no-store',
        ...(error instanceof TooFast && { 'retry-after': String(error.seconds) }),
      },
    });
  }
}
