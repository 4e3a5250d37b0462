/** How an approval by Stint's own stages stands. automatic: a rule signed. closed: there is nothing to sign any more. */
export const approvalStates = ['waiting', 'approved', 'automatic', 'denied', 'lapsed', 'closed'] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** intended: looked at before it counts. lost: somebody else was first. void: it was given for other terms. */
export const signatureStates = ['intended', 'recorded', 'refused', 'lost', 'void'] as const;
export type SignatureState = (typeof signatureStates)[number];

/** Where somebody signed. */
export const signingPlaces = ['portal', 'slack', 'teams'] as const;
export type SigningPlace = (typeof signingPlaces)[number];

/** What is asked for, as far as an approver may offer less of it. */
export interface Terms {
  minutes: number;
  scopeId: string;
  scopeName: string;
  /** ISO 8601; null: as soon as it is started. */
  startsAt: string | null;
}

export const offerStates = ['open', 'accepted', 'declined', 'superseded'] as const;

/** question and answer: the thread. The others stand in it as what happened. */
export const messageKinds = ['question', 'answer', 'nudge', 'hand_over', 'offer'] as const;
