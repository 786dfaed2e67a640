import type { Metadata } from 'next'
import { BlendScreen } from '@/components/blend/blend-screen'

type Props = { params: Promise<{ dataset: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Blend · ${decodeURIComponent((await params).dataset)}` }
}

export default async function BlendPage({ params }: Props) {
  return <BlendScreen dataset={decodeURIComponent((await params).dataset)} />
}
