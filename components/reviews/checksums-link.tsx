import Link from 'next/link';

/** The sums take a while: every file of the evidence is read for them. */
export function ChecksumsLink({ campaignId }: { campaignId: string }) {
  return (
    <p className="text-sm print:hidden">
      <Link
        className="link inline-flex min-h-6 items-center"
        href={`/reviews/${campaignId}/report?sums=shown`}
        prefetch={false}
        scroll={false}
      >
        Show the checksums of the evidence
      </Link>{' '}
      <span className="text-faint text-xs">they are in the evidence pack, too</span>
    </p>
  );
}
