'use client';

/** Prints the page; on paper the button itself is not there. */
export function PrintButton() {
  return (
    <button className="btn btn-small ml-auto print:hidden" onClick={() => window.print()} type="button">
      Print
    </button>
  );
}
