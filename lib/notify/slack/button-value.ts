import type { Pressed } from '#lib/domain/chat-card.ts';

/** What a button carries of the card it stands on: Slack sends it back with the press, and it is no proof of anything. */
export const buttonValue = ({ requestId, shownStage }: Pressed): string =>
  `${requestId} ${shownStage ?? ''}`.trim();

/** The same read back; a button that was written before it said so names no stage. */
export function readValue(value: string): Pressed {
  const [requestId = '', stage = ''] = value.split(' ');
  return { requestId, shownStage: /^[1-9]\d?$/.test(stage) ? Number(stage) : null };
}
