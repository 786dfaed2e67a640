import { BulkScreen } from '@/components/bulk/bulk-screen'

export default async function BulkPage({ params }: { params: Promise<{ dataset: string }> }) {
  return <BulkScreen dataset={decodeURIComponent((await params).dataset)} />
}
