const name = 'stint-session';

/** Tells the other pages of this browser who is signed in now, by object id; null: nobody. They look for themselves. */
export function tellOthers(viewerId: string | null): void {
  const channel = new BroadcastChannel(name);
  channel.postMessage(viewerId);
  channel.close();
}

/** Calls back when another page of this browser says who is signed in. */
export function hearOthers(onTold: (viewerId: string | null) => void): () => void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => onTold(typeof data === 'string' ? data : null);
  return () => channel.close();
}
