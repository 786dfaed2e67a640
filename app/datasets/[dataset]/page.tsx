import { InspectScreen } from '@/components/dataset/inspect-screen'

export default async function InspectPage({ params }: { params: Promise<{ dataset: string }> }) {
  return <InspectScreen dataset={decodeURIComponent((await params).dataset)} />
}
