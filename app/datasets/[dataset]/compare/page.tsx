import { CompareScreen } from '@/components/compare/compare-screen'

export default async function ComparePage({ params }: { params: Promise<{ dataset: string }> }) {
  return <CompareScreen dataset={decodeURIComponent((await params).dataset)} />
}
