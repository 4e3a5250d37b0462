/** How long after a nudge the requester may nudge again. */
export const nudgeMinutes = 60;
