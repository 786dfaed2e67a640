import { parseArgs } from 'node:util'
import packageJson from '@/package.json'
import { isAppError, messageOf } from '@/lib/errors'
import { log, redact } from '@/lib/log'
import { progressWriter } from './progress'
import type { Options, Verb } from './types'
import { isWrongUse, wrongUse } from './values'
import { verbs } from './verbs'

const EXIT = { done: 0, failed: 1, wrongUse: 2 } as const

function helpFor(verb: Verb): string {
  const lines = [`recaption ${verb.id} ${verb.usage}`.trim(), '', verb.summary, ...(verb.notes ? ['', ...verb.notes] : []), '', 'Every verb takes --json (one object on standard output; progress goes to standard error) and --help.']
  return lines.join('\n')
}
async function help(): Promise<string> {
  const all = await verbs.all()
  const width = Math.max(...all.map((verb) => verb.id.length))
  return ['recaption <verb> [arguments] [--json]', '', ...all.map((verb) => `  ${verb.id.padEnd(width)}  ${verb.summary}`), '', '`recaption <verb> --help` says more. Data lives under RECAPTION_HOME (now or by default ./data).', 'Exit codes: 0 done, 1 failed, 2 wrong use.'].join('\n')
}

/** A value may begin with a dash (`--filter -flag:empty`); what is an option of this verb is none. */
function joined(args: readonly string[], options: Options): string[] {
  const isOption = (arg: string) => ['--', '-h'].includes(arg) || (arg.startsWith('--') && Object.hasOwn(options, arg.slice(2).split('=')[0]))
  const out: string[] = []
  for (let i = 0; i < args.length; i++) {
    const value = args[i + 1]
    if (args[i] === '--') return [...out, ...args.slice(i)]
    if (args[i].startsWith('--') && options[args[i].slice(2)]?.type === 'string' && value?.startsWith('-') && !isOption(value)) out.push(`${args[i]}=${args[++i]}`)
    else out.push(args[i])
  }
  return out
}

function read(verb: Verb, args: readonly string[]) {
  const options: Options = { ...verb.options, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } }
  try {
    const parsed = parseArgs({ args: joined(args, options), options, allowPositionals: true, strict: true })
    const [least, most] = verb.takes
    if (!parsed.values.help && (parsed.positionals.length < least || parsed.positionals.length > most)) throw wrongUse(`“recaption ${verb.id}” takes ${least === most ? least : `${least} to ${most}`} argument${most === 1 ? '' : 's'}; ${parsed.positionals.length} given.`)
    return parsed
  } catch (error) {
    if (isAppError(error)) throw error
    throw wrongUse(messageOf(error).replace(/\. To specify.*$/s, '.'))
  }
}

async function run(args: readonly string[], signal: AbortSignal): Promise<number> {
  const [id, ...rest] = args
  if (id === '--version') {
    console.log(packageJson.version)
    return EXIT.done
  }
  if (id === undefined || ['help', '--help', '-h'].includes(id)) {
    console.log(await help())
    return id === undefined ? EXIT.wrongUse : EXIT.done
  }
  const verb = await verbs.find(id)
  if (!verb) throw wrongUse(`There is no verb “${id}”. There are: ${verbs.ids.join(', ')}.`)
  const { values, positionals } = read(verb, rest)
  if (values.help) {
    console.log(helpFor(verb))
    return EXIT.done
  }
  const progress = progressWriter()
  try {
    const { result, text } = await verb.run(positionals, values as Parameters<Verb['run']>[1], { signal, progress: progress.say })
    progress.end()
    await print(values.json ? JSON.stringify(result) : text)
    return EXIT.done
  } finally {
    await (await import('./release')).release()
  }
}

const print = (line: string) => new Promise<void>((resolve) => process.stdout.write(`${line}\n`, () => resolve()))

/** The command line. Sets the exit code; prints errors without a stack. */
export async function main(args: readonly string[]): Promise<void> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (stop.signal.aborted ? process.exit(EXIT.failed) : stop.abort()))
  // Whoever read our output (`| head`) has seen enough.
  process.stdout.once('error', () => process.exit(EXIT.done))
  let code: number
  try {
    code = await run(args, stop.signal)
  } catch (error) {
    const use = isWrongUse(error)
    process.stderr.write(`recaption: ${redact(messageOf(error))}\n${use ? `Try: ${['recaption', ...verbs.ids.filter((id) => id === args[0]), '--help'].join(' ')}\n` : ''}`)
    if (!isAppError(error)) log.error(error)
    code = use ? EXIT.wrongUse : EXIT.failed
    if (args.includes('--json')) await print(JSON.stringify({ error: isAppError(error) ? { code: error.code, message: redact(error.message), detail: error.detail } : { code: 'internal', message: redact(messageOf(error)) } }))
  }
  process.exit(code)
}

if (import.meta.main) await main(process.argv.slice(2))
