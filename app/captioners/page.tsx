import type { Metadata } from 'next'
import { CaptionersScreen } from '@/components/captioner/captioners-screen'
import { Frame } from '@/components/frame/frame'

export const metadata: Metadata = { title: 'Captioners and recipes' }

export default function CaptionersPage() {
  return <Frame><CaptionersScreen /></Frame>
}
