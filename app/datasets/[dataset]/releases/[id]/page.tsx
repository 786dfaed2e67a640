import type { Metadata } from 'next'
import { ReleaseScreen } from '@/components/release/release-screen'

type Props = { params: Promise<{ dataset: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { dataset, id } = await params
  return { title: `Release ${decodeURIComponent(id)} · ${decodeURIComponent(dataset)}` }
}

export default async function ReleasePage({ params }: Props) {
  const { dataset, id } = await params
  return <ReleaseScreen dataset={decodeURIComponent(dataset)} id={Number(id)} />
}
