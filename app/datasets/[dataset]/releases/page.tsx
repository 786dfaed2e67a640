import type { Metadata } from 'next'
import { ReleasesScreen } from '@/components/release/releases-screen'

type Props = { params: Promise<{ dataset: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Releases · ${decodeURIComponent((await params).dataset)}` }
}

export default async function ReleasesPage({ params }: Props) {
  return <ReleasesScreen dataset={decodeURIComponent((await params).dataset)} />
}
