import { answerPim } from '#app/api/integrations/pim/answer-pim.ts';

/** PIM asks, after its own approver has approved, whether an activation may go on. */
export async function POST(request: Request): Promise<Response> {
  return answerPim(request, 'post_approval', 'POST /api/integrations/pim/post-approval');
}
