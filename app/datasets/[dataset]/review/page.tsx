import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ReviewScreen } from '@/components/review/review-screen'

type Props = { params: Promise<{ dataset: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Review · ${decodeURIComponent((await params).dataset)}` }
}

export default async function ReviewPage({ params }: Props) {
  const dataset = decodeURIComponent((await params).dataset)
  return <Suspense><ReviewScreen key={dataset} dataset={dataset} /></Suspense>
}
