import { redirect } from 'next/navigation';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { linkQuery } from '#components/access/read-link.ts';

type Query = Record<string, string | string[] | undefined>;

/** A link to the form: it is filled, and asks for nothing by itself. It lasts through signing in. */
export default async function ActivatePage({ searchParams }: { searchParams: Promise<Query> }) {
  const link = linkQuery(await searchParams);
  await viewerAt(link ? `/activate?${link}` : '/');
  redirect(link ? `/?${link}` : '/');
}
