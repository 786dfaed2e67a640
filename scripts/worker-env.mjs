import { availableParallelism } from 'node:os'

const LEAST_THREADS = 4 // Node's own

/**
 * What a process that works on pictures reads before its first line, so that whoever starts it must say it. glibc keeps a
 * heap for each thread that asks for memory: with the threads that decode pictures a hundred megabytes lie about in them.
 * Decoding, reading and hashing share one pool of threads, which should have one a core and a few to read meanwhile.
 * @type {Readonly<Record<string, string>>}
 */
export const workerEnv = {
  MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2',
  UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? String(Math.max(LEAST_THREADS, availableParallelism() + 2)),
}
