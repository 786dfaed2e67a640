import { resolveRequest, type Voices } from './resolve'
import type { RunAsked } from './schema'
import { startRun } from './store'

/** Sets a request going: the unfinished run of the same request goes on, else a new run begins. A worker does the rest. */
export async function requestRun(asked: RunAsked, voices?: Voices): Promise<{ run: number; resumed: boolean }> {
  const { run } = await resolveRequest(asked, voices)
  const { id, resumed } = startRun(run)
  return { run: id, resumed }
}
