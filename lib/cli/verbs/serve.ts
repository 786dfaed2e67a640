import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { AppError } from '@/lib/errors'
import type { Verb } from '../types'
import { number, text, texts, wrongUse } from '../values'

const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

/** The port asked for, or a free one for 0; says plainly when somebody else has it. */
async function freePort(port: number, host: string): Promise<number> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new AppError('unavailable', `Port ${port} on ${host} cannot be opened (${error.message}). Choose another with --port, or --port 0 for any.`, { cause: error })))
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}

type Serve = (options: { port: number; host: string; env: Record<string, string> }) => Promise<number>

export const serve: Verb = {
  id: 'serve',
  usage: '[--port n] [--host <address> --allow-host <name>…]',
  summary: 'Open the desk in the browser, with a worker beside it.',
  options: { port: { type: 'string' }, host: { type: 'string' }, 'allow-host': { type: 'string', multiple: true } },
  takes: [0, 0],
  notes: ['By default it answers on 127.0.0.1 only, port 3000; --port 0 takes a free one.', 'With --host it opens to colleagues: it then makes an access token and prints the address with it once. Name every host name they will use with --allow-host.'],
  async run(_args, values, io) {
    const host = text(values, 'host') ?? '127.0.0.1'
    const open = !LOOPBACK.includes(host)
    const allowed = texts(values, 'allow-host')
    if (open && allowed.length === 0) throw wrongUse('--host opens the desk beyond this machine: name the hosts it answers to with --allow-host <name>.')
    const port = await freePort(number(values, 'port', [0, 65_535], true) ?? 3000, host)
    const token = open ? randomBytes(24).toString('base64url') : undefined
    const name = open ? allowed[0] : host === '::1' ? '[::1]' : host
    const address = `http://${name}:${port}/`
    io.progress('serve', `${address}${token ? `?token=${token}` : ''}`)
    const script = path.resolve(import.meta.dirname, '../../../scripts/serve.mjs')
    const { serve: start } = (await import(pathToFileURL(script).href)) as { serve: Serve }
    const code = await start({ port, host, env: { RECAPTION_ALLOW_HOSTS: allowed.join(','), ...(token ? { RECAPTION_TOKEN: token } : {}) } })
    if (code !== 0) throw new AppError('unavailable', 'The desk ended unexpectedly. What it printed stands above.')
    return { result: { address, stopped: true }, text: 'stopped' }
  },
}
