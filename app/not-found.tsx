import { Frame } from '@/components/frame/frame'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/notes'

export default function NotFound() {
  return (
    <Frame>
      <EmptyState title="There is no such page" action={<LinkButton look="primary" href="/">See all datasets</LinkButton>} command="recaption datasets">
        The address may have been cut off, or what stood here was removed.
      </EmptyState>
    </Frame>
  )
}
