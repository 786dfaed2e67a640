import type { Metadata } from 'next'
import { RecaptionScreen } from '@/components/recaption/recaption-screen'

type Props = { params: Promise<{ dataset: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Recaption · ${decodeURIComponent((await params).dataset)}` }
}

export default async function RecaptionPage({ params }: Props) {
  return <RecaptionScreen dataset={decodeURIComponent((await params).dataset)} />
}
