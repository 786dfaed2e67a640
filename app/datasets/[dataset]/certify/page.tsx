import { CertifyScreen } from '@/components/certify/certify-screen'

export default async function CertifyPage({ params }: { params: Promise<{ dataset: string }> }) {
  return <CertifyScreen dataset={decodeURIComponent((await params).dataset)} />
}
