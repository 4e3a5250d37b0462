import type { OwnTalkVerbs } from '#components/requests/talk-part.tsx';
import {
  acceptOffer,
  answerAboutRequest,
  askAboutRequest,
  declineOffer,
  followRequest,
  handOverRequest,
  nudgeApprovers,
  offerLess,
  placesBelowRequest,
} from './talk-actions.ts';

/** What is said about a request, by whom it is. */
export const talkVerbs: OwnTalkVerbs = {
  accept: acceptOffer,
  answer: answerAboutRequest,
  ask: askAboutRequest,
  decline: declineOffer,
  handOver: handOverRequest,
  nudge: nudgeApprovers,
  offer: offerLess,
  places: placesBelowRequest,
  watch: followRequest,
};
