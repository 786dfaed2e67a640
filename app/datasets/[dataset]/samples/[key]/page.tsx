import type { Metadata } from 'next'
import { SampleScreen } from '@/components/sample/sample-screen'

type Props = { params: Promise<{ dataset: string; key: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { dataset, key } = await params
  return { title: `${decodeURIComponent(key)} · ${decodeURIComponent(dataset)}` }
}

export default async function SamplePage({ params }: Props) {
  const { dataset, key } = await params
  return <SampleScreen dataset={decodeURIComponent(dataset)} sampleKey={decodeURIComponent(key)} />
}
