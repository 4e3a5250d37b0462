'use client';

import { useEffect } from 'react';
import { tellOthers } from './session-channel.ts';

/** Tells the other pages of this browser that nobody is signed in any more. */
export function SignedOutWord() {
  useEffect(() => tellOthers(null), []);
  return null;
}
