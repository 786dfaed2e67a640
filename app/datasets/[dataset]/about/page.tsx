import { AboutScreen } from '@/components/dataset/about-screen'

export default async function AboutPage({ params }: { params: Promise<{ dataset: string }> }) {
  return <AboutScreen dataset={decodeURIComponent((await params).dataset)} />
}
