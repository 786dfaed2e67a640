/** Open streams end when the server is asked to stop; without this one of them would hold it for ever. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { stopOnSignals } = await import('./lib/shutdown')
  stopOnSignals()
}
