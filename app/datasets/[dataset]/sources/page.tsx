import { SourcesScreen } from '@/components/dataset/sources-screen'

export default async function SourcesPage({ params }: { params: Promise<{ dataset: string }> }) {
  return <SourcesScreen dataset={decodeURIComponent((await params).dataset)} />
}
