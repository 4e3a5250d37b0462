import Link from 'next/link';
import { connection } from 'next/server';

/** The framework's floor: nothing but a link. */
export default async function EmptyPage() {
  await connection();
  return <Link href="/">Home</Link>;
}
