import { ReportScreen } from '@/components/report/report-screen'

export default async function ReportPage({ params }: { params: Promise<{ dataset: string }> }) {
  return <ReportScreen dataset={decodeURIComponent((await params).dataset)} />
}
