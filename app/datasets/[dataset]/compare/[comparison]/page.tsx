import { notFound } from 'next/navigation'
import { ComparisonScreen } from '@/components/compare/comparison-screen'

export default async function ComparisonPage({ params }: { params: Promise<{ dataset: string; comparison: string }> }) {
  const { dataset, comparison } = await params
  const id = Number(comparison)
  if (!Number.isSafeInteger(id) || id < 1) notFound()
  return <ComparisonScreen dataset={decodeURIComponent(dataset)} id={id} />
}
