import { DuplicatesScreen } from '@/components/dataset/duplicates-screen'

export default async function DuplicatesPage({ params }: { params: Promise<{ dataset: string }> }) {
  return <DuplicatesScreen dataset={decodeURIComponent((await params).dataset)} />
}
