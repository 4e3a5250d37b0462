/** Text to copy whole. */
export function OwnText({ label, text }: { label: string; text: string }) {
  return <textarea aria-label={label} className="input font-mono text-xs" readOnly rows={10} value={text} />;
}
