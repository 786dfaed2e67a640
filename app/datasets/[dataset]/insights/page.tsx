import type { Metadata } from 'next'
import { InsightsScreen } from '@/components/insights/insights-screen'

type Props = { params: Promise<{ dataset: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Insights · ${decodeURIComponent((await params).dataset)}` }
}

export default async function InsightsPage({ params }: Props) {
  return <InsightsScreen dataset={decodeURIComponent((await params).dataset)} />
}
