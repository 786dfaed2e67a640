import { PeopleScreen } from '@/components/people/people-screen'

export default async function PeoplePage({ params }: { params: Promise<{ dataset: string }> }) {
  return <PeopleScreen dataset={decodeURIComponent((await params).dataset)} />
}
