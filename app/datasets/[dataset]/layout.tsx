import type { Metadata } from 'next'
import { Frame } from '@/components/frame/frame'

type Props = { children: React.ReactNode; params: Promise<{ dataset: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).dataset) }
}

export default async function DatasetLayout({ children, params }: Props) {
  return <Frame dataset={decodeURIComponent((await params).dataset)}>{children}</Frame>
}
