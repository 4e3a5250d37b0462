import { Section } from '#components/ui/section.tsx';

interface Sum {
  file: string;
  sha256: string;
  bytes: number;
}

/** What the files of the evidence pack have to sum up to. */
export function Checksums({ sums }: { sums: Sum[] }) {
  return (
    <Section
      aside="SHA-256 of the files in the evidence pack; `sha256sum -c SHA256SUMS` checks them"
      title="Checksums"
    >
      <div className="panel overflow-hidden px-3.5 py-2">
        <table aria-label="Checksums" className="w-full border-collapse text-left text-xs">
          <thead className="sr-only">
            <tr>
              <th scope="col">File</th>
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            {sums.map(({ file, sha256 }) => (
              <tr key={file}>
                <td className="py-1 pr-3 align-top">{file}</td>
                <td className="break-all py-1 font-mono text-soft">{sha256}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
