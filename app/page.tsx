import type { Metadata } from 'next'
import { DatasetsScreen } from '@/components/dataset/datasets-screen'
import { Frame } from '@/components/frame/frame'

export const metadata: Metadata = { title: 'Datasets · Recaption' }

export default function DatasetsPage() {
  return <Frame><DatasetsScreen /></Frame>
}
