const held = globalThis as unknown as { recaptionStop?: AbortController }
const controller = (held.recaptionStop ??= new AbortController())

/** Aborted when this process is asked to stop. */
export const stopSignal: AbortSignal = controller.signal

export function stopOnSignals(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => controller.abort())
}
