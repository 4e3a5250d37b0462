'use client';

import { useEffect } from 'react';

/** Hands Microsoft's answer to the page that opened this window, which closes it. */
export function Bridge() {
  useEffect(() => {
    import('@azure/msal-browser/redirect-bridge')
      .then(({ broadcastResponseToMainFrame }) => broadcastResponseToMainFrame())
      // Opened without an answer: nothing to hand on, and the page says what to do.
      .catch(() => {});
  }, []);
  return null;
}
