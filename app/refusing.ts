import { currentSession } from '#lib/auth/current-actor.ts';
import { refusalOf } from '#lib/auth/refusal-of.ts';
import { refused } from '#lib/auth/refused.ts';
import { isTrouble, type RefusalCode, TooFast } from '#lib/domain/refusal.ts';

const statuses: Partial<Record<RefusalCode, number>> = {
  not_signed_in: 401,
  sign_in_again: 401,
  caller_refused: 401,
  cross_site: 403,
  not_allowed: 403,
  not_found: 404,
  too_fast: 429,
  authority_away: 503,
  unavailable: 503,
  unknown_outcome: 503,
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
    const no = refusalOf(error);
    if (!no) throw error;
    if (!isTrouble(no)) {
      const session = await currentSession();
      await refused(request.headers, session?.actor ?? null, { door, code: no.code });
    }
    return new Response(no.message, {
      status: statuses[no.code] ?? 400,
      headers: {
        'cache-control': 'no-store',
        ...(no instanceof TooFast && { 'retry-after': String(no.seconds) }),
      },
    });
  }
}
