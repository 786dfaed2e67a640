import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RunScreen } from '@/components/recaption/run-screen'

type Props = { params: Promise<{ dataset: string; id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { dataset, id } = await params
  return { title: `Run ${id} · ${decodeURIComponent(dataset)}` }
}

export default async function RunPage({ params }: Props) {
  const { dataset, id } = await params
  if (!/^\d{1,15}$/.test(id)) notFound()
  return <RunScreen dataset={decodeURIComponent(dataset)} id={Number(id)} />
}
