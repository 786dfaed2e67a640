import { childrenAlive } from '@/lib/child'
import { closeDb } from '@/lib/db'

/** Lets go of child processes and the database, so that the process can end. */
export async function release(): Promise<void> {
  if (childrenAlive()) {
    const { closeCaptioners } = await import('@/lib/captioner/choose')
    await closeCaptioners()
  }
  await closeDb()
}
