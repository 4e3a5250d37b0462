import { answer, hearSlack } from '#app/api/integrations/slack/hear.ts';
import { traceOf } from '#lib/auth/trace.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { readEvent } from '#lib/notify/slack/calls.ts';
import { askHome } from '#lib/operations/chat/ask-home.ts';
import { takeOnce } from '#lib/operations/chat/take-once.ts';

/** Slack sends an event up to three times, the last after an hour. */
const keptMinutes = 120;

/** Slack's events: that somebody opened Stint's home, and the question whether this address is ours. */
export async function POST(request: Request): Promise<Response> {
  return hearSlack(request, 'POST /api/integrations/slack/events', readEvent, async (act) => {
    if (act.is !== 'home') return answer(200);
    const { eventId, user } = act;
    if (await takeOnce(`slack event ${eventId}`, plusMinutes(new Date(), keptMinutes)))
      await askHome(user.workspaceId, user.userId, traceOf(request.headers));
    return answer(200);
  });
}
