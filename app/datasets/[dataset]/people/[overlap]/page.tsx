import { notFound } from 'next/navigation'
import { OverlapScreen } from '@/components/people/overlap-screen'

export default async function OverlapPage({ params }: { params: Promise<{ dataset: string; overlap: string }> }) {
  const { dataset, overlap } = await params
  const id = Number(overlap)
  if (!Number.isSafeInteger(id) || id < 1) notFound()
  return <OverlapScreen dataset={decodeURIComponent(dataset)} id={id} />
}
