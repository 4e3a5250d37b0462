import { Bare } from '#components/shell/bare.tsx';

export default function NotFound() {
  return (
    <Bare title="There is nothing here">
      <p>The address leads nowhere, or to something that is not yours to see.</p>
      <p>
        <a className="btn" href="/">
          To your access
        </a>
      </p>
    </Bare>
  );
}
