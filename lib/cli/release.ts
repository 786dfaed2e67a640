import { closeCaptioners } from '@/lib/captioner/choose'
import { closeDb } from '@/lib/db'

/** Lets go of child processes, sockets and the database, so that the process can end. */
export async function release(): Promise<void> {
  await closeCaptioners()
  await closeDb()
}
