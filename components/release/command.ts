import { writeWeights } from '../blend/weights'
import type { ReleaseRequest } from '@/lib/export/schema'

/** One word of a shell, quoted where it must be. */
const word = (text: string) => (/^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

/** The command that makes this release again, in a folder of the person's choice. Whatever is as by default is left unsaid. */
export function commandOf(request: Omit<ReleaseRequest, 'out'>, out: string): string {
  const parts: [flag: string, value: string | undefined][] = [
    ['dataset', request.dataset],
    ['format', request.format],
    ['out', out],
    ['p', String(request.p)],
    ['seed', String(request.seed)],
    ['filter', request.filter || undefined],
    ['standing', request.standings.join(',')],
    ['weight', writeWeights(request.weights) || undefined],
    ['mode', request.mode === 'materialised' ? undefined : request.mode],
    ['images', request.images === 'copy' ? undefined : request.images],
    ['splits', request.splits && Object.entries(request.splits).map(([name, share]) => `${name}=${share}`).join(',')],
    ['profile', request.profile === 'exact' ? undefined : request.profile],
  ]
  const flags = [!request.fallback && '--no-fallback', request.includeNothingRecognised && '--nothing-recognised'].filter(Boolean)
  return ['recaption export', ...parts.flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag} ${word(value)}`])), ...flags].join(' ')
}
