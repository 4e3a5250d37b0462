const away = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16);
/** So far ahead that nobody is away in any test after this one. */
const absence = { from: away(200), until: away(201), zone: 'UTC', deputy: '', note: '' };

/** What the actions of the talk about a request take, and those of absences. */
export const talkArguments: Record<string, (id: string) => unknown> = {
  offerLess: (requestId) => ({ requestId, shownStage: 1, minutes: 5, reason: 'A1', signs: true }),
  acceptOffer: (requestId) => ({ requestId, offerId: '0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90' }),
  declineOffer: (requestId) => ({ requestId, offerId: '0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90' }),
  askAboutRequest: (requestId) => ({ requestId, text: 'A1' }),
  answerAboutRequest: (requestId) => ({ requestId, text: 'A1' }),
  handOverRequest: (requestId) => ({ requestId, to: 'bo.okafor@contoso.example', reason: 'A1' }),
  followRequest: (requestId) => ({ requestId, on: true }),
  setMyAbsence: () => absence,
  setAbsenceFor: () => ({ ...absence, person: 'nobody@contoso.example' }),
};
