import { notFound } from 'next/navigation'
import { PlanScreen } from '@/components/certify/plan-screen'

export default async function PlanPage({ params }: { params: Promise<{ dataset: string; plan: string }> }) {
  const { dataset, plan } = await params
  const id = Number(plan)
  if (!Number.isSafeInteger(id) || id < 1) notFound()
  return <PlanScreen dataset={decodeURIComponent(dataset)} id={id} />
}
