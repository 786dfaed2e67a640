import { ProblemsScreen } from '@/components/dataset/problems-screen'

export default async function ProblemsPage({ params }: { params: Promise<{ dataset: string }> }) {
  return <ProblemsScreen dataset={decodeURIComponent((await params).dataset)} />
}
